/** One round of webhooks: opens what takes them, loads it, lets go of it. */
import path from 'node:path';
import { SOURCE } from '../support/fault-bench/webhooks.ts';
import type { MoreConfig } from './bench-gateway.ts';
import type { BenchSetting } from './goal.ts';
import type { LoadResult } from './http-load.ts';
import { openStation } from './station.ts';
import type { Station, StationOptions } from './station.ts';
import { quantile } from './statistics.ts';
import type { GatewayStation } from './stations/gateway-station.ts';
import type { NaiveWebhooks } from './stations/naive-webhooks.ts';
import { load } from './webhook-load.ts';

export interface OpenedGateway {
  readonly station: Station<GatewayStation>;
  /** Where it listens. */
  readonly url: string;
  /** Where the bench's own processor delivers. */
  readonly webhooks: URL;
  /** Sends it a round's webhooks. */
  load(): Promise<LoadResult>;
}

export interface GatewayRoundOptions extends StationOptions {
  /** More sources and chains than the bench's own. */
  readonly more?: MoreConfig;
}

/** @param series names the round's data and payments: no two rounds of a goal share one */
export async function withGateway<T>(
  { folder, quick }: BenchSetting,
  series: string,
  { more, ...options }: GatewayRoundOptions,
  use: (gateway: OpenedGateway) => Promise<T>,
): Promise<T> {
  const station = await openStation<GatewayStation>('gateway-station.ts', options);
  try {
    const url = await station.ask('open', { dataDir: path.join(folder, series), ...(more && { more }) });
    const webhooks = new URL(`/v1/webhooks/${SOURCE}`, url);
    return await use({ station, url, webhooks, load: () => load(webhooks, series, quick) });
  } finally {
    await station.close();
  }
}

export function gatewayRound(
  setting: BenchSetting,
  series: string,
  options: GatewayRoundOptions = {},
): Promise<LoadResult> {
  return withGateway(setting, series, options, (gateway) => gateway.load());
}

/** As `gatewayRound`, with the handler that commits each webhook by itself. */
export async function naiveRound(
  { folder, quick }: BenchSetting,
  series: string,
  options: StationOptions = {},
): Promise<LoadResult> {
  const station = await openStation<NaiveWebhooks>('naive-webhooks.ts', options);
  try {
    const url = await station.ask('open', { file: path.join(folder, `${series}.db`) });
    return await load(new URL('/webhooks', url), series, quick);
  } finally {
    await station.close();
  }
}

export function ratesOf(results: readonly LoadResult[]): number[] {
  return results.map(({ perSecond }) => perSecond);
}

/** The 99th percentile of each round's waits, milliseconds. */
export function slowestWaits(results: readonly LoadResult[]): number[] {
  return results.map(({ latencies }) => quantile(latencies, 0.99));
}

/** How quick the last round was, for people. */
export function lastRate(results: readonly LoadResult[]): string {
  return `${Math.round(results.at(-1)?.perSecond ?? 0)}/s`;
}

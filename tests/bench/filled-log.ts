/** A gateway's data folder with a log of some length, made once and copied for whoever needs it. */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { openStation } from './station.ts';
import type { GatewayStation } from './stations/gateway-station.ts';

/** @returns the folder; the log holds at least `events` */
export async function filledLog(folder: string, events: number): Promise<string> {
  const dataDir = path.join(folder, `log-of-${events}`);
  mkdirSync(dataDir);
  const station = await openStation<GatewayStation>('gateway-station.ts');
  try {
    await station.ask('open', { dataDir });
    await station.ask('fill', { series: 'fill', events });
    await station.ask('close', null);
  } finally {
    await station.close();
  }
  return dataDir;
}

/** @returns the copy's folder */
export function copyOf(dataDir: string, name: string): string {
  const copy = `${dataDir}-${name}`;
  cpSync(dataDir, copy, { recursive: true });
  return copy;
}

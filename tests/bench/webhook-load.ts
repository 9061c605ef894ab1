/** Webhooks of one processor, as many as 64 connections bring. */
import { signedHeaders, webhook } from '../support/fault-bench/webhooks.ts';
import { postRequest, sendAll } from './http-load.ts';
import type { LoadResult } from './http-load.ts';
import { COURSE, payments } from './payments.ts';

export const CONNECTIONS = 64;
/** A gateway runs for weeks: by then V8 has compiled what is hot, which takes it some thousand webhooks. */
const WARM_UP = 6_000;
const MEASURED = 9_000;

/** @param series in the ids of the payments: no two loads of a gateway share one */
export async function load(url: URL, series: string, quick: boolean): Promise<LoadResult> {
  const share = quick ? 0.1 : 1;
  const requests = webhooks(url, series, (WARM_UP + MEASURED) * share);
  const warm = WARM_UP * share;
  await sendAll(url, requests.slice(0, warm), CONNECTIONS);
  const result = await sendAll(url, requests.slice(warm), CONNECTIONS);
  if (result.refused > 0) throw new Error(`${result.refused} webhooks were refused`);
  return result;
}

/** Payments come and go: some are made while others are funded and captured. */
function webhooks(url: URL, series: string, most: number): Buffer[] {
  const now = Date.now();
  const blocks = Array.from({ length: Math.ceil(most / 300) }, (_, n) => payments(`${series}-${n}`, 100, now));
  const deliveries = blocks.flatMap((block) => COURSE.flatMap((step) => block.map((each) => webhook(each, step))));
  return deliveries.map((each) => postRequest(url, signedHeaders(each, now), each.body));
}

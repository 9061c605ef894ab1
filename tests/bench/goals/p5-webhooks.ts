/** P5: webhooks taken per second beside a naive handler, how long each waits, and that no 200 comes before the commit. */
import { mkdirSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { DATABASE_FILE } from '../../../gateway/store/open-store.ts';
import { SOURCE, signedHeaders, webhook } from '../../support/fault-bench/webhooks.ts';
import { count, milliseconds, perSecond, ratioFigure, spreadWritten, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { postRequest, sendAll } from '../http-load.ts';
import type { LoadResult } from '../http-load.ts';
import { payments } from '../payments.ts';
import { flushTime } from '../slow-flush.ts';
import { openStation } from '../station.ts';
import type { GatewayStation } from '../stations/gateway-station.ts';
import { CONNECTIONS } from '../webhook-load.ts';
import { gatewayRound, lastRate, naiveRound, ratesOf, slowestWaits } from '../webhook-round.ts';

export const p5: Goal = {
  id: 'p5',
  what: 'webhooks taken, durable before the answer',
  measure: async (setting) => {
    const naive: LoadResult[] = [];
    const ours: LoadResult[] = [];
    const flushes: number[] = [];
    const options = setting.profile === null ? {} : { profile: setting.profile };
    for (let round = 0; round < setting.rounds; round += 1) {
      flushes.push(await flushTime(null));
      naive.push(await naiveRound(setting, `naive-${round}`));
      ours.push(await gatewayRound(setting, `ours-${round}`, options));
      setting.say(`round ${round + 1}: naive ${lastRate(naive)}, ours ${lastRate(ours)}`);
    }
    setting.say(`a flush takes ${spreadWritten(flushes, flushUnit)} here`);
    return [...figures(naive, ours), await lost(setting)];
  },
};

const flushUnit = { ...milliseconds, digits: 2 };

function figures(naive: readonly LoadResult[], ours: readonly LoadResult[]): Figure[] {
  const about = { goal: 'P5', what: `webhooks on ${CONNECTIONS} connections`, bound: { atLeast: 3 }, unit: perSecond };
  const slow = { goal: 'P5', what: 'wait of a webhook, p99', bound: { atMost: 50 }, unit: milliseconds };
  return [ratioFigure(about, ratesOf(ours), ratesOf(naive)), valueFigure(slow, slowestWaits(ours))];
}

/** Killed under load: what was answered with 200 has to be on the disk. @returns how many of those are not */
async function lost({ folder, quick }: BenchSetting): Promise<Figure> {
  const dataDir = path.join(folder, 'killed');
  mkdirSync(dataDir);
  const station = await openStation<GatewayStation>('gateway-station.ts');
  const url = new URL(`/v1/webhooks/${SOURCE}`, await station.ask('open', { dataDir }));
  const now = Date.now();
  const sent = payments('killed', quick ? 1_500 : 10_000, now).map((payment) => webhook(payment, 'created'));
  const requests = sent.map((each) => postRequest(url, signedHeaders(each, now), each.body));
  const loading = sendAll(url, requests, CONNECTIONS);
  await setTimeoutOf(quick ? 100 : 1_000);
  await station.kill();
  const { taken } = await loading;
  const database = new DatabaseSync(path.join(dataDir, DATABASE_FILE), { readOnly: true });
  const held = new Set(
    database
      .prepare('select dedupe_key as id from deliveries')
      .all()
      .map(({ id }) => id),
  );
  database.close();
  const missing = taken.filter((place) => !held.has(sent[place]?.delivery ?? null)).length;
  const what = `answered with 200 and gone after SIGKILL, of ${taken.length}`;
  return valueFigure({ goal: 'P5', what, bound: { atMost: 0 }, unit: count }, [missing]);
}

function setTimeoutOf(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

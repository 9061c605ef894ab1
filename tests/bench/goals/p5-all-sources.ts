/** P5 with everything on: webhooks of one processor while two others, the shop itself and three chains are busy too. */
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { SOURCE } from '../../support/fault-bench/webhooks.ts';
import { count, milliseconds, perSecond, ratioFigure, valueFigure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import type { LoadResult } from '../http-load.ts';
import { openStation } from '../station.ts';
import { quantile } from '../statistics.ts';
import type { DemoStation } from '../stations/demo-station.ts';
import type { GatewayStation } from '../stations/gateway-station.ts';
import { CONNECTIONS, load } from '../webhook-load.ts';

/** The opening of the show: every line has been heard, and orders of each are open. */
const OPENING_MS = 15_000;

export const p5AllSources: Goal = {
  id: 'p5-all',
  what: 'webhooks taken while all sources and three chains are on',
  measure: async (setting) => {
    const alone: LoadResult[] = [];
    const amidst: LoadResult[] = [];
    const others: number[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      alone.push(await aloneRound(setting, round));
      const all = await amidstRound(setting, round);
      amidst.push(all.result);
      others.push(all.others);
      setting.say(
        `round ${round + 1}: alone ${rate(alone)}, with all on ${rate(amidst)}, ${all.others} events of others`,
      );
    }
    const about = { goal: 'P5', what: `webhooks on ${CONNECTIONS} connections, all sources on, beside one alone` };
    const waits = {
      goal: 'P5',
      what: 'wait of a webhook, p99, all sources on',
      bound: { atMost: 50 },
      unit: milliseconds,
    };
    const busy = { goal: 'P5', what: 'events of the other sources meanwhile', bound: { atLeast: 1 }, unit: count };
    return [
      ratioFigure({ ...about, bound: { atLeast: 0.8 }, unit: perSecond }, rates(amidst), rates(alone)),
      valueFigure(
        waits,
        amidst.map(({ latencies }) => quantile(latencies, 0.99)),
      ),
      valueFigure(busy, others),
    ];
  },
};

const rates = (results: readonly LoadResult[]): number[] => results.map((result) => result.perSecond);

function rate(results: readonly LoadResult[]): string {
  return `${Math.round(results.at(-1)?.perSecond ?? 0)}/s`;
}

async function aloneRound({ folder, quick }: BenchSetting, round: number): Promise<LoadResult> {
  const station = await openStation<GatewayStation>('gateway-station.ts');
  try {
    const url = await station.ask('open', { dataDir: path.join(folder, `alone-${round}`) });
    return await load(new URL(`/v1/webhooks/${SOURCE}`, url), `s${round}`, quick);
  } finally {
    await station.close();
  }
}

interface Amidst {
  readonly result: LoadResult;
  /** Events of the other sources and of the chains while the webhooks came. */
  readonly others: number;
}

async function amidstRound({ folder, quick }: BenchSetting, round: number): Promise<Amidst> {
  const demo = await openStation<DemoStation>('demo-station.ts');
  const station = await openStation<GatewayStation>('gateway-station.ts');
  try {
    const more = await demo.ask('open', null);
    const url = await station.ask('open', { dataDir: path.join(folder, `all-${round}`), more });
    await demo.ask('sell', { url, key: await station.ask('shopKey', null) });
    await delay(OPENING_MS);
    const before = await station.ask('eventsOfOthers', null);
    const result = await load(new URL(`/v1/webhooks/${SOURCE}`, url), `a${round}`, quick);
    return { result, others: (await station.ask('eventsOfOthers', null)) - before };
  } finally {
    await demo.close();
    await station.close();
  }
}

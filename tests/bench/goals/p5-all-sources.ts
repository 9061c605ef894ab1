/** P5 with everything on: webhooks of one processor while two others, the shop itself and three chains are busy too. */
import { setTimeout as delay } from 'node:timers/promises';
import { count, milliseconds, perSecond, ratioFigure, valueFigure } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import type { LoadResult } from '../http-load.ts';
import { openStation } from '../station.ts';
import type { DemoStation } from '../stations/demo-station.ts';
import { CONNECTIONS } from '../webhook-load.ts';
import { gatewayRound, lastRate, ratesOf, slowestWaits, withGateway } from '../webhook-round.ts';

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
      alone.push(await gatewayRound(setting, `alone-${round}`));
      const all = await amidstRound(setting, round);
      amidst.push(all.result);
      others.push(all.others);
      const told = `alone ${lastRate(alone)}, with all on ${lastRate(amidst)}, ${all.others} events of others`;
      setting.say(`round ${round + 1}: ${told}`);
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
      ratioFigure({ ...about, bound: { atLeast: 0.8 }, unit: perSecond }, ratesOf(amidst), ratesOf(alone)),
      valueFigure(waits, slowestWaits(amidst)),
      valueFigure(busy, others),
    ];
  },
};

interface Amidst {
  readonly result: LoadResult;
  /** Events of the other sources and of the chains while the webhooks came. */
  readonly others: number;
}

async function amidstRound(setting: BenchSetting, round: number): Promise<Amidst> {
  const demo = await openStation<DemoStation>('demo-station.ts');
  try {
    const more = await demo.ask('open', null);
    return await withGateway(setting, `all-${round}`, { more }, async ({ station, url, load }) => {
      await demo.ask('sell', { url, key: await station.ask('shopKey', null) });
      await delay(OPENING_MS);
      const before = await station.ask('eventsOfOthers', null);
      const result = await load();
      const others = (await station.ask('eventsOfOthers', null)) - before;
      await demo.close();
      return { result, others };
    });
  } finally {
    await demo.close();
  }
}

/** Watching three chains for 10,000 open orders costs hardly more than for 100: blocks are read once, whoever waits. */
import { count, milliseconds, ratioFigure } from '../figure.ts';
import type { Figure, Unit } from '../figure.ts';
import type { BenchSetting, Goal } from '../goal.ts';
import { PACES, watcherCost, withOrders } from '../watcher-cost.ts';
import type { Pace, WatcherCost } from '../watcher-cost.ts';

const FEW = 100;
const MANY = 10_000;
/** A round takes a minute and a half, most of it waiting for blocks. */
const MOST_ROUNDS = 3;
const MOST_CPU = 2;
const MOST_CALLS = 1.25;

interface Measured {
  readonly few: WatcherCost;
  readonly many: WatcherCost;
}

export const watcher: Goal = {
  id: 'watcher',
  what: `three chains watched for ${MANY.toLocaleString('en')} open orders, beside ${FEW}`,
  measure: async (setting) => {
    const rounds: ReadonlyMap<Pace, Measured>[] = [];
    for (let round = 0; round < Math.min(MOST_ROUNDS, setting.rounds); round += 1) rounds.push(await once(setting));
    return PACES.flatMap((pace) =>
      figures(
        pace,
        rounds.flatMap((each) => each.get(pace) ?? []),
      ),
    );
  },
};

async function once(setting: BenchSetting): Promise<ReadonlyMap<Pace, Measured>> {
  const paces = PACES.map((pace) => (setting.quick ? { ...pace, blocks: Math.min(3, pace.blocks) } : pace));
  const cost = (orders: number): Promise<WatcherCost[]> =>
    withOrders(setting.folder, orders, async (storage) => {
      const costs: WatcherCost[] = [];
      for (const pace of paces) {
        const each = await watcherCost(storage, pace, orders);
        const { msABlock, callsAMinute, poolCallsAMinute } = each;
        const calls = `${callsAMinute.toFixed(0)} calls a minute, ${poolCallsAMinute.toFixed(0)} of them about the pool`;
        setting.say(`${pace.name}, ${orders} orders: ${msABlock.toFixed(1)} ms a block, ${calls}`);
        costs.push(each);
      }
      return costs;
    });
  const few = await cost(FEW);
  const many = await cost(setting.quick ? FEW * 10 : MANY);
  return new Map(
    PACES.flatMap((pace, n) => {
      const [less, more] = [few[n], many[n]];
      return less && more ? [[pace, { few: less, many: more }] as const] : [];
    }),
  );
}

function figures({ name }: Pace, rounds: readonly Measured[]): Figure[] {
  const figure = (what: string, key: keyof WatcherCost, most: number, unit: Unit): Figure =>
    ratioFigure(
      { goal: 'WATCHER', what: `${name}: ${what}`, bound: { atMost: most }, unit },
      rounds.map(({ many }) => many[key]),
      rounds.map(({ few }) => few[key]),
    );
  return [
    figure('processor time a block', 'msABlock', MOST_CPU, milliseconds),
    figure('calls to the node a minute', 'callsAMinute', MOST_CALLS, count),
  ];
}

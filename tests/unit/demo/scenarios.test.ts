import { afterEach, describe, expect, it } from 'vitest';
import { directOrderSchema } from '../../../contract/protocol.ts';
import { createChain } from '../../../demo/chain.ts';
import { Outages } from '../../../demo/outages.ts';
import { playProgramme } from '../../../demo/play.ts';
import { createProcessor } from '../../../demo/processor.ts';
import type { Envelope } from '../../../demo/processor.ts';
import { interludes, nextScenario, opening, pauseMs, scenarios } from '../../../demo/programme.ts';
import { seededRandom } from '../../../demo/random.ts';
import { scenarioNames } from '../../../demo/scenario-names.ts';
import type { ScenarioName } from '../../../demo/scenario-names.ts';
import { OrderRefused } from '../../../demo/shop.ts';
import type { ShopOrder } from '../../../demo/shop.ts';
import { createStage } from '../../../demo/stage.ts';
import { createTimers } from '../../../demo/timers.ts';
import { manualTimers } from './manual-timers.ts';

const START = 1_790_000_000_000;
const BLOCK = 4_000;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

function setUp(seed = 'stage', place?: (order: ShopOrder) => void) {
  const source = manualTimers(START);
  const timers = createTimers(source);
  closing.push(() => timers.close());
  const random = seededRandom(seed);
  const chain = createChain(7, START);
  const [orders, sent, lines]: [ShopOrder[], Envelope[], string[]] = [[], [], []];
  const onWebhook = (envelope: Envelope) => void sent.push(envelope);
  const processor = createProcessor({ random: seededRandom(`${seed}p`), now: source.now, onWebhook });
  let last = 0;
  const stage = createStage({
    random,
    timers,
    chain,
    processor,
    outages: new Outages(),
    blockMs: BLOCK,
    nextReference: () => `A-${(last += 1)}`,
    place: async (order) => {
      place?.(order);
      orders.push(order);
    },
    say: (line) => void lines.push(line),
  });
  const mine = () => {
    chain.mine(source.now());
    timers.after(BLOCK, mine);
  };
  mine();
  const ready = async () => new Response('', { status: 200 });
  const gateway = () => ({ url: 'http://gateway', key: 'k' });
  const programme = (options: { rate: number; scenario: ScenarioName | null; once: number | null }) =>
    playProgramme({ options, stage, gateway, fetch: ready, say: (line) => lines.push(line), fresh: true });
  const mined = () => chain.state().blocks.flatMap(({ transactions }) => transactions);
  return { source, timers, chain, processor, stage, orders, sent, lines, mined, programme };
}

async function played(name: ScenarioName, seed?: string) {
  const world = setUp(seed);
  const run = scenarios[name](world.stage);
  await world.source.pass(3 * 60_000);
  await run;
  return world;
}

describe('every scenario', () => {
  it.each(scenarioNames)('%s comes to its end, and what the shop orders is what the gateway takes', async (name) => {
    for (const seed of ['a', 'b', 'c']) {
      const { orders, processor } = await played(name, seed);
      expect(orders.length + processor.payments().length).toBe(1);
      for (const order of orders) expect(directOrderSchema.safeParse(order).error?.issues).toBeUndefined();
    }
  });
});

describe('on-chain scenarios', () => {
  const moved = async (name: ScenarioName) => {
    const world = await played(name);
    return { ...world, order: world.orders[0]!, pay: world.orders[0]!.pay[0]! };
  };

  it('native pays exactly what is due, in a block', async () => {
    const { pay, mined } = await moved('native');
    expect(mined()).toMatchObject([{ to: pay.address, value: pay.amount }]);
  });

  it('underpaid sends less, overpaid more', async () => {
    const under = await moved('underpaid');
    expect(BigInt(under.mined()[0]!.value)).toBeLessThan(BigInt(under.pay.amount));
    const over = await moved('overpaid');
    expect(BigInt(`0x${over.mined()[0]!.input.slice(74)}`)).toBeGreaterThan(BigInt(over.pay.amount));
  });

  it('late pays after the order expired, within its grace', async () => {
    const { chain, order } = await moved('late');
    const block = chain.state().blocks.find(({ transactions }) => transactions.length > 0)!;
    const expiry = START / 1000 + (order.expiresInSeconds ?? 0);
    expect(block.timestamp).toBeGreaterThan(expiry);
    expect(block.timestamp).toBeLessThan(expiry + 60);
  });

  it('expired sends nothing', async () => {
    expect((await moved('expired')).mined()).toEqual([]);
  });

  it('reverted is mined and moves nothing', async () => {
    expect((await moved('reverted')).mined()).toMatchObject([{ fails: true }]);
  });

  it('stuck stays in the pool', async () => {
    const { chain, pay, mined } = await moved('stuck');
    expect(chain.pool()).toMatchObject([{ to: pay.address }]);
    expect(mined()).toEqual([]);
  });

  it('replaced gives the nonce to another transaction', async () => {
    const { chain, mined } = await moved('replaced');
    const [only] = mined();
    expect(only).toMatchObject({ nonce: 0, value: '0' });
    expect(only?.from).toBe(only?.to);
    expect(chain.pool()).toEqual([]);
  });

  it('reorged is in another block afterwards than before', async () => {
    const world = setUp();
    const places = new Set<string>();
    world.chain.listen({ onBlock: (block) => block.transactions.length > 0 && places.add(block.hash) });
    const run = scenarios.reorged(world.stage);
    await world.source.pass(3 * 60_000);
    await run;
    expect(places.size).toBe(2);
    expect(world.mined()).toHaveLength(1);
  });
});

describe('processor scenarios', () => {
  const types = async (name: ScenarioName) =>
    (await played(name)).sent.map(({ type }) => type.slice('payment.'.length));

  it.each([
    ['processor', ['created', 'captured']],
    ['processor-underpaid', ['created']],
    ['processor-overpaid', ['created', 'captured']],
    ['processor-late', ['created', 'captured']],
    ['processor-expired', ['created']],
    ['processor-cancelled', ['created']],
    ['processor-on-chain', ['created', 'captured']],
    ['refunded', ['created', 'captured', 'refund_requested', 'refund_transferred']],
    ['partly-refunded', ['created', 'captured', 'refund_requested', 'refund_transferred']],
    ['test-mode', ['created', 'captured']],
    ['big-number', ['created', 'captured']],
  ] as const)('%s sends %j', async (name, expected) => {
    expect(await types(name)).toEqual(expected);
  });

  it('big-number is priced at 10^20 base units of CRO', async () => {
    const { processor } = await played('big-number');
    expect(processor.payments()[0]).toMatchObject({
      currency: 'CRO',
      amount: '100000000000000000000',
      cryptoAmount: '100.0',
    });
  });

  it('test-mode is not live', async () => {
    expect((await played('test-mode')).processor.payments()[0]?.liveMode).toBe(false);
  });

  it('processor-on-chain names a transaction that is on the chain', async () => {
    const { processor, mined } = await played('processor-on-chain');
    expect(processor.payments()[0]?.inbound?.txnId).toBe(mined()[0]?.hash);
  });
});

describe('the programme', () => {
  it('opens with 12 to 20 orders in the first 20 seconds and has begun every kind within 75, but for lines that go down', async () => {
    const { source, orders, processor, programme, timers } = setUp();
    const run = programme({ rate: 10, scenario: null, once: null });
    await source.pass(20_000);
    const early = orders.length + processor.payments().length;
    expect(early).toBeGreaterThanOrEqual(12);
    expect(early).toBeLessThanOrEqual(20);
    expect(new Set([...opening, ...interludes].map(([, name]) => name))).toEqual(new Set(scenarioNames));
    expect(Math.max(...interludes.map(([afterMs]) => afterMs))).toBeLessThan(300_000);
    expect(opening.at(-1)?.[0]).toBeLessThanOrEqual(75_000);
    timers.close();
    await expect(run).rejects.toThrow('the demo ends');
  });

  it('then keeps the rate that was asked for, and no trouble is said', async () => {
    const { source, orders, processor, programme, timers, lines } = setUp();
    const run = programme({ rate: 12, scenario: null, once: null });
    await source.pass(80_000);
    const before = orders.length + processor.payments().length;
    await source.pass(10 * 60_000);
    const flowed = orders.length + processor.payments().length - before;
    expect(flowed).toBeGreaterThan(100);
    expect(flowed).toBeLessThan(140);
    expect(lines.filter((line) => line.includes('went wrong'))).toEqual([]);
    timers.close();
    await expect(run).rejects.toThrow('the demo ends');
  });

  it('plays one scenario so many times and ends', async () => {
    const { source, orders, programme } = setUp();
    const run = programme({ rate: 600, scenario: 'native', once: 5 });
    await source.pass(60_000);
    await run;
    expect(orders).toHaveLength(5);
  });

  it('goes on after an order that was refused', async () => {
    let refusals = 0;
    const { source, orders, lines, programme } = setUp('r', () => {
      if ((refusals += 1) === 1) throw new OrderRefused('A-1 was refused (422, address-in-use)');
    });
    const run = programme({ rate: 600, scenario: 'expired', once: 3 });
    await source.pass(60_000);
    await run;
    expect(orders).toHaveLength(2);
    expect(lines).toContainEqual(expect.stringContaining('address-in-use'));
  });

  it('plays the same for the same seed', async () => {
    const run = async () => {
      const { source, orders, processor, programme, timers } = setUp('same');
      programme({ rate: 30, scenario: null, once: null }).catch(() => undefined);
      await source.pass(120_000);
      timers.close();
      return JSON.stringify([orders, processor.payments()]);
    };
    expect(await run()).toBe(await run());
  });

  it('draws every scenario sooner or later, with pauses around the rate', () => {
    const random = seededRandom('draw');
    const drawn = new Set(Array.from({ length: 5_000 }, () => nextScenario(random)));
    const once = new Set(interludes.map(([, name]) => name));
    expect(drawn).toEqual(new Set(scenarioNames.filter((name) => !once.has(name))));
    const pauses = Array.from({ length: 2_000 }, () => pauseMs(10, random));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(9_000);
  });
});

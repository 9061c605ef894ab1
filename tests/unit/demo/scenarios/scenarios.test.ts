import { afterEach, describe, expect, it } from 'vitest';
import { directOrderSchema } from '../../../../contract/protocol.ts';
import { PretendBitcoin } from '../../../../demo/chains/bitcoin/chain.ts';
import type { BtcPayEvent } from '../../../../demo/processors/btcpay/server.ts';
import { PretendBtcPay } from '../../../../demo/processors/btcpay/server.ts';
import { createChain } from '../../../../demo/chains/evm/chain.ts';
import { PretendCoinbase } from '../../../../demo/processors/coinbase/checkouts.ts';
import { Outages } from '../../../../demo/stage/outages.ts';
import { playProgramme } from '../../../../demo/programme/play.ts';
import { PretendNode } from '../../../../demo/chains/evm/node.ts';
import { createProcessor } from '../../../../demo/processors/crypto-com-pay/processor.ts';
import type { Envelope } from '../../../../demo/processors/crypto-com-pay/processor.ts';
import { interludes, nextScenario, opening, pauseMs, scenarios } from '../../../../demo/programme/programme.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { scenarioNames } from '../../../../demo/scenarios/names.ts';
import type { ScenarioName } from '../../../../demo/scenarios/names.ts';
import { OrderRefused } from '../../../../demo/shop/till.ts';
import type { ShopOrder } from '../../../../demo/shop/till.ts';
import { BITCOIN_PACE, createStage } from '../../../../demo/stage/stage.ts';
import { createTimers } from '../../../../demo/clock/timers.ts';
import { manualTimers } from '../clock/manual-timers.ts';

const START = 1_790_000_000_000;
const BLOCK = 4_000;
/** Every scenario is over by then. */
const LONGEST_MS = 8 * 60_000;
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
  const sideChain = createChain(8, START);
  const bitcoin = new PretendBitcoin(seededRandom(`${seed}b`), START);
  const [invoiceEvents, checkoutEvents]: [BtcPayEvent[], object[]] = [[], []];
  const btcpay = new PretendBtcPay({
    storeId: 'shop',
    random: seededRandom(`${seed}i`),
    timers,
    onWebhook: (event) => void invoiceEvents.push(event),
  });
  const coinbase = new PretendCoinbase({
    random: seededRandom(`${seed}c`),
    timers,
    onWebhook: (event) => void checkoutEvents.push(event),
  });
  let last = 0;
  const stage = createStage({
    random,
    timers,
    chain,
    side: { chain: sideChain, nodes: [new PretendNode(sideChain), new PretendNode(sideChain)] },
    bitcoin,
    processor,
    btcpay,
    coinbase,
    outages: new Outages(),
    blockMs: BLOCK,
    nextReference: () => `A-${(last += 1)}`,
    place: async (order) => {
      place?.(order);
      orders.push(order);
    },
    say: (line) => void lines.push(line),
  });
  let blocks = 0;
  const mine = () => {
    chain.mine(source.now());
    sideChain.mine(source.now());
    blocks += 1;
    if (blocks % BITCOIN_PACE === 0) bitcoin.mine(source.now());
    timers.after(BLOCK, mine);
  };
  mine();
  const ready = async () => new Response('', { status: 200 });
  const gateway = () => ({ url: 'http://gateway', key: 'k' });
  const programme = (options: { rate: number; scenario: ScenarioName | null; once: number | null }) =>
    playProgramme({ options, stage, gateway, fetch: ready, say: (line) => lines.push(line), fresh: true });
  const mined = () => chain.state().blocks.flatMap(({ transactions }) => transactions);
  const sold = () =>
    orders.length + processor.payments().length + btcpay.invoices().length + coinbase.checkouts().length;
  const pretend = { chain, sideChain, bitcoin, processor, btcpay, coinbase };
  return {
    source,
    timers,
    ...pretend,
    stage,
    orders,
    sent,
    invoiceEvents,
    checkoutEvents,
    sold,
    lines,
    mined,
    programme,
  };
}

async function played(name: ScenarioName, seed?: string) {
  const world = setUp(seed);
  const run = scenarios[name](world.stage);
  await world.source.pass(LONGEST_MS);
  await run;
  return world;
}

describe('every scenario', () => {
  it.each(scenarioNames)('%s comes to its end, and what the shop orders is what the gateway takes', async (name) => {
    for (const seed of ['a', 'b', 'c']) {
      const { orders, sold } = await played(name, seed);
      expect(sold()).toBe(1);
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

  it('reverted is mined and moves nothing, until it is paid again', async () => {
    expect((await moved('reverted')).mined()).toMatchObject([{ fails: true }, { fails: false }]);
  });

  it('stuck stays in the pool for long, and is mined in the end', async () => {
    const world = setUp();
    const run = scenarios.stuck(world.stage);
    await world.source.pass(4 * 60_000);
    const address = world.orders[0]?.pay[0]?.address;
    expect(world.chain.pool()).toMatchObject([{ to: address }]);
    expect(world.mined()).toEqual([]);
    await world.source.pass(4 * 60_000);
    await run;
    expect(world.mined()).toMatchObject([{ to: address }]);
  });

  it.each(['dropped', 'not-broadcast'] as const)('%s is in a block in the end, under the hash it had', async (name) => {
    const { mined, processor, lines } = await played(name);
    expect(mined()).toHaveLength(1);
    const [payment] = processor.payments();
    if (payment) expect(payment.inbound?.txnId).toBe(mined()[0]?.hash);
    expect(lines.at(-1)).toMatch(/sent/);
  });

  it('wrong-chain pays the second chain’s token to the same address', async () => {
    const { mined, sideChain, orders } = await played('wrong-chain');
    expect(mined()).toEqual([]);
    const [only] = sideChain.state().blocks.flatMap(({ transactions }) => transactions);
    expect(only?.input.slice(34, 74)).toBe(orders[0]?.pay[0]?.address.slice(2));
  });

  it('node-behind shows one head for minutes, nodes-disagree two; then both nodes show the chain', async () => {
    for (const [name, during] of [
      ['node-behind', (heads: Set<string>, chain: string) => heads.size === 1 && !heads.has(chain)],
      ['nodes-disagree', (heads: Set<string>, chain: string) => heads.size === 2 && heads.has(chain)],
    ] as const) {
      const { source, stage, sideChain } = setUp();
      const heads = () => new Set(stage.side.nodes.map(({ shown }) => shown.head().hash));
      await source.pass(60_000);
      const run = scenarios[name](stage);
      await source.pass(60_000);
      expect(during(heads(), sideChain.head().hash), name).toBe(true);
      await source.pass(200_000);
      await run;
      expect(heads()).toEqual(new Set([sideChain.head().hash]));
    }
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

  it('provisional tells of a refund before it tells of its payment', async () => {
    expect(await types('provisional')).toEqual(['refund_requested', 'captured', 'refund_transferred']);
  });

  it.each([
    ['btcpay', ['Created', 'ReceivedPayment', 'Processing', 'PaymentSettled', 'Settled']],
    ['btcpay-lightning', ['Created', 'ReceivedPayment', 'PaymentSettled', 'Processing', 'Settled']],
  ] as const)('%s tells %j', async (name, expected) => {
    const { invoiceEvents } = await played(name);
    expect(invoiceEvents.map(({ type }) => type)).toEqual(expected.map((type) => `Invoice${type}`));
  });

  it('btcpay names the transaction that is on the chain; bitcoin-replaced leaves one of two', async () => {
    const paid = await played('btcpay');
    const [payment] = paid.btcpay.invoices()[0]?.payments ?? [];
    expect(paid.bitcoin.find(payment?.id.slice(0, 64) ?? '')?.block).toMatchObject({ transactions: [{}] });
    const replaced = await played('bitcoin-replaced');
    expect(replaced.bitcoin.state().blocks.flatMap(({ transactions }) => transactions)).toHaveLength(1);
    expect(replaced.bitcoin.pool()).toEqual([]);
  });

  it('coinbase-refunded ends refunded', async () => {
    expect((await played('coinbase-refunded')).coinbase.checkouts()).toMatchObject([{ status: 'REFUNDED' }]);
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
    const { source, sold, programme, timers } = setUp();
    const run = programme({ rate: 10, scenario: null, once: null });
    await source.pass(20_000);
    const early = sold();
    expect(early).toBeGreaterThanOrEqual(12);
    expect(early).toBeLessThanOrEqual(20);
    expect(new Set([...opening, ...interludes].map(([, name]) => name))).toEqual(new Set(scenarioNames));
    expect(Math.max(...interludes.map(([afterMs]) => afterMs))).toBeLessThan(400_000);
    expect(opening.at(-1)?.[0]).toBeLessThanOrEqual(75_000);
    timers.close();
    await expect(run).rejects.toThrow('the demo ends');
  });

  it('then keeps the rate that was asked for, and no trouble is said', async () => {
    const { source, sold, programme, timers, lines } = setUp();
    const run = programme({ rate: 12, scenario: null, once: null });
    await source.pass(80_000);
    const before = sold();
    await source.pass(10 * 60_000);
    const flowed = sold() - before;
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

  it('fails a line again only after it was well for a while', async () => {
    const { source, stage, programme } = setUp();
    const run = programme({ rate: 600, scenario: 'node-down', once: 2 });
    const out: boolean[] = [];
    for (let tenth = 0; tenth < 16; tenth += 1) {
      await source.pass(10_000);
      out.push(stage.outages.isOut('chain'));
    }
    await source.pass(60_000);
    await run;
    const runs = out
      .join('')
      .match(/(?:true)+|(?:false)+/g)
      ?.map((each) => each.match(/e/g)?.length);
    expect(runs).toEqual([3, 6, 4, 3]);
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

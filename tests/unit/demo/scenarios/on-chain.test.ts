import { describe, expect, it } from 'vitest';
import { scenarios } from '../../../../demo/programme/programme.ts';
import type { ScenarioName } from '../../../../demo/scenarios/names.ts';
import { manualStage, played, START } from '../stage/manual-stage.ts';

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
    const world = manualStage();
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

  it('not-paid-here names what pays somebody else, and pays in the end', async () => {
    const { mined, named, pay } = await moved('not-paid-here');
    const [other, right] = mined();
    expect(named).toEqual([{ orderId: 'ord-1', txHash: other?.hash }]);
    expect(other?.to).not.toBe(pay.address);
    expect(right).toMatchObject({ to: pay.address, value: pay.amount });
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
      const { source, stage, sideChain } = manualStage();
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
    const world = manualStage();
    const places = new Set<string>();
    world.chain.listen({ onBlock: (block) => block.transactions.length > 0 && places.add(block.hash) });
    const run = scenarios.reorged(world.stage);
    await world.source.pass(3 * 60_000);
    await run;
    expect(places.size).toBe(2);
    expect(world.mined()).toHaveLength(1);
  });
});

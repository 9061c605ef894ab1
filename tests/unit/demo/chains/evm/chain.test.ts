import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferCall, transferOf } from '../../../../../demo/chains/evm/block.ts';
import type { ChainBlock } from '../../../../../demo/chains/evm/block.ts';
import { createChain } from '../../../../../demo/chains/evm/chain.ts';
import type { Chain } from '../../../../../demo/chains/evm/chain.ts';
import { seededRandom } from '../../../../../demo/clock/random.ts';
import { wallet } from '../../../../../demo/chains/evm/wallet.ts';

const START = 1_790_000_000_000;
const random = seededRandom('chain');

function spend(chain: Chain, extra: Partial<Parameters<Chain['send']>[0]> = {}) {
  return chain.send({ from: wallet(random), to: wallet(random), value: 5n, ...extra });
}

function blocks(chain: Chain): ChainBlock[] {
  return Array.from({ length: chain.head().number + 1 }, (_, number) => chain.blockByNumber(number)!);
}

function expectLinked(chain: Chain): void {
  const all = blocks(chain);
  for (const [index, block] of all.entries()) {
    expect(block.number).toBe(index);
    if (index > 0) expect(block.parentHash).toBe(all[index - 1]!.hash);
    if (index > 0) expect(block.timestamp).toBeGreaterThan(all[index - 1]!.timestamp);
  }
}

describe('the pretend chain', () => {
  it('takes a transaction into the pool, then into a block', () => {
    const chain = createChain(7, START);
    const { hash } = spend(chain);
    expect(hash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(chain.find(hash)?.block).toBeNull();
    const block = chain.mine(START + 4000);
    expect(block.transactions.map((each) => each.hash)).toEqual([hash]);
    expect(chain.find(hash)?.block).toBe(block);
    expect(chain.find(hash.toUpperCase().replace('0X', '0x'))?.block).toBe(block);
    expect(chain.find('0x00')).toBeUndefined();
  });

  it('is the same for the same history', () => {
    const play = () => {
      const chain = createChain(7, START);
      chain.send({
        from: '0x00000000000000000000000000000000000000aa',
        to: '0x00000000000000000000000000000000000000bb',
        value: 1n,
      });
      return chain.mine(START + 4000).hash;
    };
    expect(play()).toBe(play());
  });

  it('counts the nonces of a sender', () => {
    const chain = createChain(7, START);
    const from = wallet(random);
    expect([spend(chain, { from }).nonce, spend(chain, { from }).nonce]).toEqual([0, 1]);
    chain.mine(START);
    expect(spend(chain, { from }).nonce).toBe(2);
    expect(chain.mined(from)).toBe(2);
  });

  it('keeps what is held out of every block, and forgets it after twenty minutes', () => {
    const chain = createChain(7, START);
    const { hash } = spend(chain, { heldSince: START });
    chain.mine(START + 20 * 60_000);
    expect(chain.find(hash)?.block).toBeNull();
    chain.mine(START + 20 * 60_000 + 1);
    expect(chain.find(hash)).toBeUndefined();
    expect(chain.state().held).toEqual([]);
  });

  it('lets a replacement with the same nonce take the place of what waits', () => {
    const chain = createChain(7, START);
    const first = spend(chain, { heldSince: START });
    const second = spend(chain, { from: first.from, nonce: first.nonce, maxFeePerGas: 10n ** 12n });
    chain.mine(START + 4000);
    expect(chain.find(first.hash)).toBeUndefined();
    expect(chain.find(second.hash)?.block?.number).toBe(1);
  });

  it('reorganises: the orphaned go back into the pool, everything else is mined again, parents hold', () => {
    const chain = createChain(7, START);
    const [stays, goes] = [spend(chain), spend(chain)];
    chain.mine(START + 4000);
    const before = chain.mine(START + 8000);
    const seen: number[] = [];
    chain.listen({ onBlock: (block) => seen.push(block.number) });
    chain.reorganise(2, new Set([goes.hash]), START + 9000);
    expect(seen).toEqual([1, 2, 3]);
    expect(chain.blockByHash(before.hash)).toBeUndefined();
    expect(chain.blockByNumber(2)?.hash).not.toBe(before.hash);
    expect(chain.find(stays.hash)?.block?.number).toBe(1);
    expect(chain.find(goes.hash)?.block).toBeNull();
    expectLinked(chain);
    chain.mine(START + 12_000);
    expect(chain.find(goes.hash)?.block?.number).toBe(4);
  });

  it('tells of pending transactions and blocks until it is told to stop', () => {
    const chain = createChain(7, START);
    const heard: string[] = [];
    const end = chain.listen({ onPending: () => heard.push('pending'), onBlock: () => heard.push('block') });
    spend(chain);
    chain.mine(START);
    end();
    spend(chain);
    chain.mine(START);
    expect(heard).toEqual(['pending', 'block']);
  });

  it('continues from what was saved, as if nothing had happened', () => {
    const chain = createChain(7, START);
    spend(chain, { heldSince: START });
    const { hash } = spend(chain);
    chain.mine(START + 4000);
    const saved = structuredClone(JSON.parse(JSON.stringify(chain.state())) as ReturnType<Chain['state']>);
    const again = createChain(7, START + 60_000, saved);
    expect(again.head()).toEqual(chain.head());
    expect(again.find(hash)?.block?.number).toBe(1);
    expect(again.mine(START + 61_000)).toEqual(chain.mine(START + 61_000));
  });

  it('knows blocks by number when the oldest are gone', () => {
    const chain = createChain(7, START);
    for (let n = 1; n <= 5; n += 1) chain.mine(START + n * 1000);
    const { blocks: all, ...rest } = chain.state();
    const later = createChain(7, START, { ...rest, blocks: all.slice(-3) });
    expect(later.blockByNumber(2)).toBeUndefined();
    expect(later.blockByNumber(3)?.number).toBe(3);
    expect(later.blockByNumber(5)).toEqual(chain.head());
  });

  it('stays linked, and holds each transaction at most once, whatever happens to it', () => {
    const step = fc.oneof(
      fc.constant('send' as const),
      fc.constant('mine' as const),
      fc.record({ depth: fc.integer({ min: 0, max: 6 }), lose: fc.boolean() }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const chain = createChain(7, START);
        const sent: string[] = [];
        for (const [index, each] of steps.entries()) {
          if (each === 'send') sent.push(spend(chain).hash);
          else if (each === 'mine') chain.mine(START + index * 500);
          else chain.reorganise(each.depth, new Set(each.lose ? sent.slice(-2) : []), START + index * 500);
        }
        expectLinked(chain);
        const held = [...blocks(chain).flatMap(({ transactions }) => transactions), ...chain.pool()];
        expect(held.map(({ hash }) => hash).sort()).toEqual([...sent].sort());
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});

describe('token transfers', () => {
  it('are read back from the call that makes them', () => {
    const to = wallet(random);
    const chain = createChain(7, START);
    const sent = spend(chain, { input: transferCall(to, 2n ** 200n) });
    expect(transferOf(sent)).toEqual({ to, amount: 2n ** 200n });
    expect(transferOf(spend(chain))).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { canonicalChain } from '../../../../../gateway/chains/follow/canonical-chain.ts';
import type { EvmBlock, EvmTransaction } from '../../../../../gateway/chains/evm/node.ts';
import { afterFailure, nextTry, WELL, worthTrying } from '../../../../../gateway/chains/follow/endpoint-health.ts';
import { Endpoints } from '../../../../../gateway/chains/follow/endpoints.ts';
import { NodeFailure } from '../../../../../gateway/chains/follow/node-failure.ts';
import { followTimings } from '../../../../../gateway/chains/follow/timings.ts';
import { PretendNode } from '../../../../support/anvil/pretend-node.ts';
import { Hearing } from '../../../../support/anvil/watcher-desk.ts';

const limits = { retryMinMs: 1_000, retryMaxMs: 60_000 };

describe('the health of endpoints', () => {
  test('[CN3] the back-off doubles up to its end, between half and the whole', () => {
    let health = WELL;
    const waits = Array.from({ length: 8 }, () => {
      const longest = afterFailure(health, 'x', 0, 0.999999, limits).retryAt;
      health = afterFailure(health, 'x', 0, 0, limits);
      return [health.retryAt, Math.round(longest)];
    });
    expect(waits.slice(0, 3)).toEqual([
      [500, 1_000],
      [1_000, 2_000],
      [2_000, 4_000],
    ]);
    expect(waits.at(-1)).toEqual([30_000, 60_000]);
  });

  test('only what comes before the one in use, and is not waiting, is worth a try', () => {
    const waiting = afterFailure(WELL, 'x', 1_000, 0, limits);
    expect(worthTrying([waiting, WELL, WELL], null, 1_200)).toEqual([1, 2]);
    expect(worthTrying([waiting, WELL, WELL], 2, 1_200)).toEqual([1]);
    expect(worthTrying([waiting, WELL], 1, 1_600)).toEqual([0]);
    expect(nextTry([waiting, afterFailure(waiting, 'x', 1_000, 0, limits)])).toBe(1_500);
  });
});

describe('the endpoints of a chain', () => {
  function endpoints(...nodes: readonly PretendNode[]) {
    const closed: PretendNode[] = [];
    const state = { now: 0, connected: [] as string[], news: 0 };
    for (const node of nodes) node.close = async () => void closed.push(node);
    const pool = new Endpoints<PretendNode, EvmBlock, EvmTransaction>({
      urls: nodes.map((_, n) => String(n)),
      timings: followTimings(4, { stallAfterMs: 60_000 }),
      clock: { now: () => state.now },
      log: new Hearing().log,
      random: () => 0,
      connect: (url) => {
        state.connected.push(url);
        return nodes[Number(url)]!;
      },
      verify: (node) => node.head().then(() => undefined),
      listener: { onHead: () => undefined, onLost: () => undefined, onPending: () => undefined },
      onNews: () => void (state.news += 1),
    });
    /** Looks at the others from where the first node is, later, and waits for what they say. */
    async function look(afterMs = 10_000, still = false): Promise<void> {
      state.now += afterMs;
      const own = nodes[0]!;
      const height = own.blocks.length - 1;
      await pool.look({ chain: canonicalChain(own.blocks), height, still, leeway: 3 });
    }
    const judged = () => pool.judge(canonicalChain(nodes[0]!.blocks));
    return { pool, state, closed, look, judged, nodes };
  }

  /** Nodes that hold the same blocks. */
  function twins(count: number, blocks = 10): PretendNode[] {
    const first = new PretendNode(0);
    for (let n = 0; n < blocks; n += 1) first.mine();
    return Array.from({ length: count }, (_, n) => {
      const node = n === 0 ? first : new PretendNode(0);
      node.blocks = [...first.blocks];
      return node;
    });
  }

  /** Another branch of so many blocks, with one more on top. */
  function lie(node: PretendNode, depth: number): void {
    const on = node.blocks.length - 1 - depth;
    node.mine([], on);
    while (node.blocks.length - 2 < on + depth) node.mine();
    node.blocks = node.blocks.map((block, n) =>
      n > on ? { ...block, hash: `${block.hash.slice(0, -6)}beef${n % 10}0` } : block,
    );
  }

  test('[FR1] one that fails is closed, and the next is taken; when none is left, that is said with the time', async () => {
    const [a, b] = [new PretendNode(0), new PretendNode(0)];
    const { pool, closed } = endpoints(a, b);
    expect(await pool.take()).toEqual({ found: true, node: a });
    await pool.leave(new NodeFailure('stopped answering'));
    expect(await pool.take()).toEqual({ found: true, node: b });
    await pool.leave(new NodeFailure('closed the connection'));
    expect(await pool.take()).toEqual({
      found: false,
      note: 'pretend stopped answering; pretend closed the connection',
      retryAt: 500,
    });
    expect(closed).toEqual([a, b]);
  });

  test('one that asks to be left alone for a while is, though not for ever', async () => {
    const retryAt = async (askedMs: number) => {
      const { pool } = endpoints(new PretendNode(0));
      await pool.take();
      await pool.leave(new NodeFailure('answered with HTTP 429', false, askedMs));
      const taken = await pool.take();
      return taken.found ? null : taken.retryAt;
    };
    expect(await retryAt(0)).toBe(500);
    expect(await retryAt(30_000)).toBe(30_000);
    expect(await retryAt(9e9)).toBe(600_000);
  });

  test('[FR1] the first is gone back to only when it is as high as what was walked', async () => {
    const [a, b] = twins(2);
    const { pool, state } = endpoints(a!, b!);
    a!.failures.push(new NodeFailure('cannot be reached'));
    expect(await pool.take()).toMatchObject({ node: b });
    const whole = a!.blocks;
    a!.blocks = whole.slice(0, -2);
    const look = async () => {
      state.now += 10_000;
      await pool.look({ chain: canonicalChain(b!.blocks), height: 10, still: false, leeway: 3 });
    };
    await look();
    expect(await pool.take()).toMatchObject({ node: b });
    a!.blocks = whole;
    await look();
    expect(await pool.take()).toMatchObject({ node: a });
    expect(pool.standings().map(({ state: each }) => each)).toEqual(['ok', 'ok']);
  });

  test('closing ends all that are connected, and none is connected after it', async () => {
    const [a, b] = twins(2);
    const { pool, closed, state, look } = endpoints(a!, b!);
    await pool.take();
    await look();
    await pool.close();
    expect(new Set(closed)).toEqual(new Set([a, b]));
    await pool.leave(new NodeFailure('x'));
    expect((await pool.take()).found).toBe(false);
    await look();
    expect(state.connected).toEqual(['0', '1']);
  });

  test('[FR1] nothing is agreed on before every other one was asked, and then what they hold is', async () => {
    const [a, b] = twins(2);
    const { pool, look, judged, state } = endpoints(a!, b!);
    await pool.take();
    expect(judged().agreed).toBe(-1);
    b!.blocks = b!.blocks.slice(0, -1);
    await look();
    expect(judged().agreed).toBe(9);
    expect(state.news).toBe(1);
    expect(pool.standings()).toEqual([
      { name: 'pretend', state: 'ok', height: 10 },
      { name: 'pretend (2)', state: 'ok', height: 9 },
    ]);
  });

  test('[FR1] one that is far behind is named and has no say; one that is down neither', async () => {
    const [a, b, c] = twins(3);
    const { pool, look, judged } = endpoints(a!, b!, c!);
    b!.blocks = b!.blocks.slice(0, 5);
    c!.failures.push(new NodeFailure('cannot be reached'));
    await pool.take();
    await look(1);
    expect(judged().agreed).toBe(10);
    expect(pool.standings().slice(1)).toEqual([
      { name: 'pretend (2)', state: 'behind', height: 4, note: 'is 6 blocks behind' },
      { name: 'pretend (3)', state: 'down', height: null, note: 'pretend cannot be reached' },
    ]);
  });

  test('[FR1] one whose head stands still a block below has a say for a while only', async () => {
    const [a, b] = twins(2);
    const { pool, look, judged } = endpoints(a!, b!);
    b!.blocks = b!.blocks.slice(0, -1);
    await pool.take();
    await look();
    expect(judged().agreed).toBe(9);
    await look(60_000);
    expect(judged().agreed).toBe(10);
  });

  test('[FR1] of two that hold different blocks nobody knows which lies: both are named, and nothing is agreed on', async () => {
    const [a, b] = twins(2);
    const { pool, look, judged } = endpoints(a!, b!);
    await pool.take();
    lie(b!, 2);
    await look();
    expect(judged()).toMatchObject({ agreed: 8, own: { state: 'ok' } });
    lie(b!, 5);
    await look();
    expect(judged().agreed).toBe(-1);
    expect(pool.standings().map((each) => each.state)).toEqual(['disagrees', 'disagrees']);
    expect(await pool.followBetter()).toBe(false);
    b!.blocks = a!.blocks;
    await look();
    expect(judged().agreed).toBe(10);
    expect(pool.standings().map((each) => each.state)).toEqual(['ok', 'ok']);
  });

  test('[FR1] of three the two that agree are followed, and the third is named', async () => {
    const [liar, b, c] = twins(3);
    const { pool, look, state } = endpoints(liar!, b!, c!);
    await pool.take();
    lie(liar!, 6);
    await look();
    expect(await pool.followBetter()).toBe(true);
    expect(await pool.take()).toMatchObject({ node: b });
    state.now += 700;
    await pool.look({ chain: canonicalChain(b!.blocks), height: 10, still: false, leeway: 3 });
    expect(pool.standings().map((each) => each.state)).toEqual(['disagrees', 'ok', 'ok']);
    expect(pool.standings()[0]?.note).toMatch(/holds another block/);
    expect(pool.judge(canonicalChain(b!.blocks)).agreed).toBe(10);
  });

  test('[FR1] one that is further on the same chain is followed; a longer one of other blocks is not', async () => {
    const [a, b] = twins(2);
    const { pool, look } = endpoints(a!, b!);
    for (let n = 0; n < 4; n += 1) b!.mine();
    await pool.take();
    await look();
    expect(await pool.followBetter()).toBe(true);
    expect(await pool.take()).toMatchObject({ node: b });

    const [honest, liar] = twins(2);
    const other = endpoints(honest!, liar!);
    lie(liar!, 8);
    for (let n = 0; n < 20; n += 1) liar!.mine();
    await other.pool.take();
    await other.look();
    expect(await other.pool.followBetter()).toBe(false);
    expect(other.judged().agreed).toBe(-1);
  });

  test('[FR1] one that makes up blocks on top of ours settles nothing by itself: who lacks them has a say', async () => {
    const [honest, liar] = twins(2);
    const { pool, look, state } = endpoints(honest!, liar!);
    await pool.take();
    await look();
    for (let n = 0; n < 6; n += 1) liar!.mine();
    await look();
    expect(await pool.followBetter()).toBe(true);
    const chain = canonicalChain(liar!.blocks);
    const ahead = { chain, height: 16, still: false, leeway: 3 };
    expect(pool.judge(chain).agreed).toBe(-1);
    state.now += 1_000;
    await pool.look(ahead);
    expect(pool.judge(chain).agreed).toBe(10);
    expect(pool.standings().map((each) => each.state)).toEqual(['behind', 'ok']);
    state.now += 60_000;
    await pool.look(ahead);
    expect(pool.judge(chain).agreed).toBe(16);
  });

  test('[FR1] who held other blocks and fails keeps its say; who only fails loses it after a moment', async () => {
    const [a, b] = twins(2);
    const { pool, look, judged } = endpoints(a!, b!);
    await pool.take();
    await look();
    b!.failures.push(new NodeFailure('cannot be reached'));
    a!.mine();
    await look(1_000);
    expect(pool.standings()[1]).toMatchObject({ state: 'down' });
    expect(judged().agreed).toBe(10);
    b!.failures.push(new NodeFailure('cannot be reached'));
    await look(12_000);
    expect(judged().agreed).toBe(11);

    const other = endpoints(...twins(2));
    await other.pool.take();
    await other.look();
    lie(other.nodes[1]!, 6);
    await other.look();
    other.nodes[1]!.failures.push(new NodeFailure('cannot be reached'));
    await other.look(600_000);
    expect(other.pool.standings().map((each) => each.state)).toEqual(['disagrees', 'down']);
    expect(other.judged().agreed).toBe(-1);
  });
});

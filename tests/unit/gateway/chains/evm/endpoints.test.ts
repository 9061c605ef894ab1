import { describe, expect, test } from 'vitest';
import { afterFailure, nextTry, WELL, worthTrying } from '../../../../../gateway/chains/evm/endpoint-health.ts';
import { Endpoints } from '../../../../../gateway/chains/evm/endpoints.ts';
import { RpcFailure } from '../../../../../gateway/chains/evm/rpc.ts';
import { evmTimings } from '../../../../../gateway/chains/evm/timings.ts';
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
    const state = { now: 0, connected: [] as string[] };
    for (const node of nodes) node.close = async () => void closed.push(node);
    const pool = new Endpoints({
      urls: nodes.map((_, n) => String(n)),
      chainId: 31337,
      timings: evmTimings(undefined, {}),
      clock: { now: () => state.now },
      log: new Hearing().log,
      random: () => 0,
      connect: (url) => {
        state.connected.push(url);
        return nodes[Number(url)]!;
      },
      listener: { onHead: () => undefined, onLost: () => undefined, onPending: () => undefined },
      height: () => 5,
      onBetter: () => undefined,
    });
    return { pool, state, closed };
  }

  test('[FR1] one that fails is closed, and the next is taken; when none is left, that is said with the time', async () => {
    const [a, b] = [new PretendNode(0), new PretendNode(0)];
    const { pool, closed } = endpoints(a, b);
    expect((await pool.take()).node).toBe(a);
    await pool.leave('stopped answering');
    expect((await pool.take()).node).toBe(b);
    await pool.leave('closed the connection');
    expect(await pool.take()).toEqual({
      node: null,
      note: 'pretend stopped answering; pretend closed the connection',
      retryAt: 500,
    });
    expect(closed).toEqual([a, b]);
  });

  test('[FR1] the first is gone back to only when it is as high as what was walked', async () => {
    const [a, b] = [new PretendNode(0), new PretendNode(0)];
    const { pool, state } = endpoints(a, b);
    a.failures.push(new RpcFailure('cannot be reached'));
    expect((await pool.take()).node).toBe(b);
    state.now = 1_000;
    await settled(pool);
    expect(state.connected).toEqual(['0', '1', '0']);
    expect((await pool.take()).node).toBe(b);
    for (let n = 0; n < 5; n += 1) a.mine();
    state.now = 10_000;
    await settled(pool);
    expect((await pool.take()).node).toBe(a);
  });

  test('closing ends the one in use and those being tried, and none is connected after it', async () => {
    const [a, b] = [new PretendNode(0), new PretendNode(0)];
    const { pool, closed, state } = endpoints(a, b);
    await pool.take();
    await pool.close();
    expect(closed).toEqual([a]);
    await pool.leave('x');
    expect((await pool.take()).node).toBeNull();
    expect(state.connected).toEqual(['0']);
  });

  /** Takes once, and waits for the try in the background that it started. */
  async function settled(pool: Endpoints): Promise<void> {
    await pool.take();
    await new Promise((resolve) => setImmediate(resolve));
  }
});

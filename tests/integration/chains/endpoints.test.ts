import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Address } from 'viem';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { Hearing, MemoryTrail, startWatcher } from '../../support/anvil/watcher-desk.ts';
import { PATIENCE } from '../../support/patience.ts';

const SHOP: Address = '0x1111111111111111111111111111111111111111';
/** Nodes that start from the same genesis and are told the same have the same blocks. */
const TWIN = ['--timestamp', '1700000000'];

const open: Closeable[] = [];

/** Closes what a test opened, the last first. */
function closing<T extends Closeable>(what: T): T {
  open.push(what);
  return what;
}

async function node(args: readonly string[] = [], port = 0) {
  const anvil = await startAnvil(args, port);
  open.push({ close: () => anvil.stop() });
  return { ...anvil, chain: new TestChain(anvil) };
}

async function until(check: () => void): Promise<void> {
  await vi.waitFor(check, { ...PATIENCE, interval: 20 });
}

/** An order as old as the nodes' own clock. */
function oldOrder(): ReturnType<typeof orderPaidBy> {
  return orderPaidBy({ address: SHOP }, { createdAt: 1_700_000_000_000 });
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

describe.skipIf(anvilBinary() === null)('endpoints of a chain', () => {
  test.each(['http', 'ws'] as const)(
    '[FR1] the next is used when the first dies, and it goes on (%s)',
    async (kind) => {
      const [a, b] = [await node(TWIN), await node(TWIN)];
      const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
      closing(startWatcher(ledger, { rpc: [a[kind], b[kind]] }, { hearing }));
      await ledger.place('o', oldOrder());
      const raw = await a.chain.raw(await a.chain.payCoins(SHOP, 1000n));
      await story(ledger, 'o', ['payment.detected']);
      await a.stop();
      await b.chain.send(raw);
      await b.chain.mine();
      await storyAtDepth(ledger, 'o', ['payment.detected', 'payment.confirmations 1']);
      expect(hearing.failed).toEqual([]);
    },
  );

  test('[FR1] the first is gone back to when it is well again', async () => {
    const [a, b] = [await node(TWIN), await node(TWIN)];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startWatcher(ledger, { rpc: [a.http, b.http] }, { hearing }));
    await until(() => expect(hearing.heard.length).toBeGreaterThan(0));
    await a.stop();
    await until(() => expect(hearing.logged.join()).toMatch(/an endpoint of the chain is left/));
    const again = await node(TWIN, a.port);
    await until(() => expect(hearing.logged.join()).toMatch(/back to an earlier endpoint/));
    await ledger.place('o', oldOrder());
    await again.chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
  });

  test.each(['http', 'ws'] as const)('[FR1] one that hangs is left (%s)', async (kind) => {
    const [a, b] = [await node(TWIN), await node(TWIN)];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startWatcher(ledger, { rpc: [a[kind], b[kind]], timings: { timeoutMs: 300 } }, { hearing }));
    await until(() => expect(hearing.heard.length).toBeGreaterThan(0));
    a.pause();
    await ledger.place('o', oldOrder());
    await b.chain.payCoins(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    a.resume();
  });

  test('[FR1] one whose head stands still is left for one that goes on', async () => {
    const [a, b] = [await node(TWIN), await node(TWIN)];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startWatcher(ledger, { rpc: [a.http, b.http], timings: { stallAfterMs: 200 } }, { hearing }));
    await ledger.place('o', oldOrder());
    await b.chain.payCoins(SHOP, 1000n);
    await b.chain.mine();
    await until(() => expect(ledger.story('o')).toContain('payment.confirmations 1'));
    expect(hearing.logged.join()).toMatch(/has shown no new block/);
  });

  test('[FR1] one of another chain is never used, and the note says why', async () => {
    const wrong = await node(['--chain-id', '5']);
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startWatcher(ledger, { rpc: [wrong.http] }, { hearing }));
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await until(() => expect(hearing.failed.length).toBeGreaterThan(1));
    expect(hearing.failed[0]).toBe(`127.0.0.1:${wrong.port} is on chain eip155:5, not eip155:31337; it is not used`);
    expect(hearing.heard).toEqual([]);
  });

  test('[AU4] the key in an endpoint is in no note and no log', async () => {
    const server = createServer((_, response) => response.writeHead(403).end('forbidden for key SECRET'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) });
    const { port } = server.address() as AddressInfo;
    const hearing = new Hearing();
    const rpc = ['http', 'ws'].map((kind) => `${kind}://127.0.0.1:${port}/v3/SECRET?key=SECRET`);
    closing(startWatcher(new MemoryLedger(), { rpc }, { hearing }));
    await until(() => expect(hearing.failed.length).toBeGreaterThan(2));
    expect(hearing.failed[0]).toBe(`127.0.0.1:${port} answered with HTTP 403; 127.0.0.1:${port} cannot be reached`);
    expect([...hearing.failed, ...hearing.logged].join()).not.toContain('SECRET');
  });

  test('a payment is not dropped while a second node knows it', async () => {
    const [a, b] = [await node(TWIN), await node(TWIN)];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startWatcher(ledger, { rpc: [a.http, b.http], timings: { dropAfterMs: 50 } }, { hearing }));
    await ledger.place('o', oldOrder());
    const hash = await a.chain.payCoins(SHOP, 1000n);
    await b.chain.send(await a.chain.raw(hash));
    await story(ledger, 'o', ['payment.detected']);
    await a.chain.drop(hash);
    await until(() => expect(hearing.logged.join()).toMatch(/a second node knows/));
    expect(ledger.story('o')).toEqual(['payment.detected']);
    await b.chain.drop(hash);
    await story(ledger, 'o', ['payment.detected', 'payment.dropped']);
    expect(ledger.events.at(-1)?.data['reason']).toMatch(/of two nodes/);
  });

  test('what was paid and mined while nobody watched is found, past the steps of a long gap', async () => {
    const a = await node();
    const [ledger, trail] = [new MemoryLedger(), new MemoryTrail()];
    const before = startWatcher(ledger, { rpc: [a.http] }, { trail });
    await until(() => expect(trail.blocks.length).toBeGreaterThan(0));
    await before.close();
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await a.chain.mine(20);
    await a.chain.payCoins(SHOP, 1000n);
    await a.chain.mine(30);
    const height = await a.chain.height();
    closing(startWatcher(ledger, { rpc: [a.http] }, { trail }));
    await until(() => expect(ledger.story('o')).toContain('payment.settled'));
    expect(ledger.story('o')[0]).toBe('payment.detected');
    expect((await ledger.order('main', 'o'))?.status).toBe('paid');
    await until(() =>
      expect(trail.blocks.map(({ number }) => number)).toEqual([...Array(height + 1).keys()].reverse()),
    );
  });

  test('a chain that was started anew takes back what the old one held', async () => {
    const a = await node();
    const [ledger, trail] = [new MemoryLedger(), new MemoryTrail()];
    const before = startWatcher(ledger, { rpc: [a.http] }, { trail });
    await ledger.place('o', orderPaidBy({ address: SHOP }));
    await a.chain.mine(5);
    await a.chain.payCoins(SHOP, 1000n);
    await a.chain.mine(2);
    await until(() => expect(ledger.story('o').at(-1)).toBe('payment.confirmations 2'));
    await before.close();
    await a.stop();
    const b = await node(['--timestamp', String(Math.floor(Date.now() / 1000) - 60)]);
    closing(startWatcher(ledger, { rpc: [b.http] }, { trail }));
    await until(() => expect(ledger.story('o').at(-1)).toBe('payment.reorged'));
    await b.chain.payCoins(SHOP, 500n, 1);
    await until(() => expect(ledger.story('o').at(-1)).toBe('payment.detected'));
  });

  test.each(['http', 'ws'] as const)('closing twice is harmless, and nobody listens after it (%s)', async (kind) => {
    const a = await node();
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    const watcher = startWatcher(ledger, { rpc: [a[kind]] }, { hearing });
    await until(() => expect(hearing.heard.length).toBeGreaterThan(0));
    await Promise.all([watcher.close(), watcher.close()]);
    expect(ledger.listeners).toBe(0);
  });

  test.each(['http', 'ws'] as const)('closing leaves nothing open, also while a node hangs (%s)', async (kind) => {
    const a = await node();
    const script = path.join(import.meta.dirname, '../../support/anvil/watch-and-leave.ts');
    const child = spawn(process.execPath, [script, a[kind]], { stdio: ['pipe', 'pipe', 'inherit'] });
    open.push({ close: async () => void child.kill('SIGKILL') });
    await once(child.stdout, 'data');
    a.pause();
    const ended = once(child, 'exit');
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
    a.resume();
  });
});

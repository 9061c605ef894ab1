import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { RecordingMatchingDesk } from '../../support/anvil/recording-matching-desk.ts';
import { Hearing } from '../../support/anvil/watcher-desk.ts';
import { startBitcoinWatcher } from '../../support/bitcoin-node/bitcoin-watcher.ts';
import { startBitcoind } from '../../support/bitcoin-node/bitcoind-server.ts';
import { startEsplora } from '../../support/bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../../support/bitcoin-node/scripted-chain.ts';
import { PATIENCE } from '../../support/patience.ts';

const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const inBitcoin = { chain: REGTEST, symbol: 'BTC', decimals: 8, address: SHOP, amount: '1000' };
const MAINNET = 'bip122:000000000019d6689c085ae165831e93';
const open: Closeable[] = [];

function closing<T extends Closeable>(what: T): T {
  open.push(what);
  return what;
}

function until(check: () => void): Promise<void> {
  return vi.waitFor(check, { ...PATIENCE, interval: 20 });
}

const states = (hearing: Hearing) => hearing.observations.chain(REGTEST)?.nodes.map(({ state }) => state);

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

describe('nodes of Bitcoin', () => {
  test('[FR1] an index is asked while bitcoind is out of order, and bitcoind again when it is well', async () => {
    const chain = new ScriptedChain();
    const [core, index] = [closing(await startBitcoind(chain)), closing(await startEsplora(chain))];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startBitcoinWatcher(ledger, { rpc: [core.url], esplora: [index.url] }, { hearing }));
    await until(() => expect(states(hearing)).toEqual(['ok', 'ok']));
    await ledger.place('o', orderPaidBy(inBitcoin));
    core.failing = 503;
    await until(() => expect(states(hearing)).toEqual(['down', 'ok']));
    expect(hearing.observations.chain(REGTEST)?.nodes[0]?.note).toMatch(/^127\.0\.0\.1:\d+ answered with HTTP 503/);
    chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    core.failing = null;
    await until(() => expect(hearing.logged.join()).toMatch(/back to an earlier endpoint/));
    chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', 'payment.confirmations 3', 'payment.settled']);
    expect(hearing.failed).toEqual([]);
  });

  test('[FR1] one lying node out of two settles nothing', async () => {
    const [honest, lying] = [new ScriptedChain(), new ScriptedChain()];
    lying.blocks = honest.blocks;
    const [a, b] = [closing(await startBitcoind(lying)), closing(await startEsplora(honest))];
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startBitcoinWatcher(ledger, { rpc: [a.url], esplora: [b.url], confirmations: 1 }, { hearing }));
    await until(() => expect(states(hearing)).toEqual(['ok', 'ok']));
    await ledger.place('o', orderPaidBy(inBitcoin));
    lying.pay(SHOP, 1000n);
    // No further ahead at any time than what counts as well: one that is, is followed.
    lying.mine(3);
    await story(ledger, 'o', ['payment.detected', 'payment.confirmations 0']);
    lying.mine(3);
    honest.mine(6);
    await until(() => expect(states(hearing)).toEqual(['disagrees', 'disagrees']));
    expect((await ledger.order('main', 'o'))?.status).toBe('confirming');
    expect(ledger.story('o')).not.toContain('payment.settled');
    expect(ledger.story('o')).not.toContain('payment.confirmations 1');
  });

  test('[FR1] one of another network is never used, and the note says why', async () => {
    const node = closing(await startEsplora(new ScriptedChain()));
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startBitcoinWatcher(ledger, { id: MAINNET, esplora: [node.url] }, { hearing }));
    await until(() => expect(hearing.failed.length).toBeGreaterThan(1));
    expect(hearing.failed[0]).toMatch(
      /is on chain bip122:0f9188f13cb7b2c71f2a335e3a4fc328, not bip122:0000.*not used$/,
    );
    expect(hearing.heard).toEqual([]);
  });

  test('[AU4] the password in an address is in no note and no log, also when it is wrong', async () => {
    const node = closing(await startBitcoind(new ScriptedChain()));
    const hearing = new Hearing();
    const wrong = node.url.replace('s3cret', 'WR0NG');
    closing(startBitcoinWatcher(new MemoryLedger(), { rpc: [wrong, 'http://u:WR0NG@127.0.0.1:1'] }, { hearing }));
    await until(() => expect(hearing.failed.length).toBeGreaterThan(2));
    expect(hearing.failed[0]).toMatch(/refuses the user and password; 127\.0\.0\.1:1 cannot be reached$/);
    expect([...hearing.failed, ...hearing.logged].join()).not.toMatch(/WR0NG|tillwatch:/);
  });

  test('a node that leaves a transaction out of a block is not believed', async () => {
    const chain = new ScriptedChain();
    const node = closing(await startBitcoind(chain));
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startBitcoinWatcher(ledger, { rpc: [node.url] }, { hearing }));
    await until(() => expect(hearing.heard.length).toBeGreaterThan(0));
    await ledger.place('o', orderPaidBy(inBitcoin));
    chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    chain.mine();
    const { top } = chain;
    const [coinbase] = top.transactions;
    const headerAndOne = `${top.raw.slice(0, 160)}01${coinbase?.raw ?? ''}`;
    chain.blocks = [...chain.blocks.slice(0, -1), { ...top, raw: headerAndOne }];
    await until(() => expect(hearing.failed.join()).toMatch(/answered a block that is none: transactions are missing/));
    chain.blocks = [...chain.blocks.slice(0, -1), top];
    await story(ledger, 'o', ['payment.detected', 'payment.confirmations 1']);
  });

  test('money that no order claims is told with its depth', async () => {
    const chain = new ScriptedChain();
    const node = closing(await startBitcoind(chain));
    const hearing = new Hearing();
    const desk = new RecordingMatchingDesk(SHOP.toUpperCase());
    hearing.matching = desk;
    closing(startBitcoinWatcher(new MemoryLedger(), { rpc: [node.url] }, { hearing }));
    await until(() => expect(hearing.heard.length).toBeGreaterThan(0));
    chain.pay(SHOP, 7n);
    await until(() => expect(desk.summary()).toEqual([['7', 0]]));
    chain.mine(3);
    await until(() => expect(desk.summary()).toEqual([['7', 3]]));
  });
});

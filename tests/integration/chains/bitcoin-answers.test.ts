/** Endpoints of Bitcoin that answer as rented and half-set-up ones do. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { BitcoindNode } from '../../../gateway/chains/bitcoin/bitcoind-node.ts';
import { EsploraNode } from '../../../gateway/chains/bitcoin/esplora-node.ts';
import type { Closeable } from '../../../gateway/ledger.ts';
import { orderPaidBy, story, storyAtDepth } from '../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../support/anvil/memory-ledger.ts';
import { Hearing } from '../../support/anvil/watcher-desk.ts';
import { startBitcoinWatcher } from '../../support/bitcoin-node/bitcoin-watcher.ts';
import { startBitcoind } from '../../support/bitcoin-node/bitcoind-server.ts';
import { startEsplora } from '../../support/bitcoin-node/esplora-server.ts';
import { REGTEST, ScriptedChain } from '../../support/bitcoin-node/scripted-chain.ts';
import { startTestNode } from '../../support/bitcoin-node/test-node.ts';
import { PATIENCE } from '../../support/patience.ts';

const SHOP = 'bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080';
const inBitcoin = { chain: REGTEST, symbol: 'BTC', decimals: 8, address: SHOP, amount: '1000' };
const open: Closeable[] = [];

function closing<T extends Closeable>(what: T): T {
  open.push(what);
  return what;
}

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

describe('a bitcoind that takes no batch', () => {
  test.each<['status' | 'error']>([['status'], ['error']])('by its %s is asked one by one', async (refusal) => {
    const chain = new ScriptedChain();
    const node = closing(await startBitcoind(chain, { refusesBatchesBy: refusal }));
    const [ledger, hearing] = [new MemoryLedger(), new Hearing()];
    closing(startBitcoinWatcher(ledger, { rpc: [node.url] }, { hearing }));
    await vi.waitFor(() => expect(hearing.heard.length).toBeGreaterThan(0), PATIENCE);
    await ledger.place('o', orderPaidBy(inBitcoin));
    chain.pay(SHOP, 1000n);
    await story(ledger, 'o', ['payment.detected']);
    chain.mine(3);
    await storyAtDepth(ledger, 'o', ['payment.detected', 'payment.confirmations 3', 'payment.settled']);
    expect(hearing.failed).toEqual([]);
    expect(node.asked.filter((each) => each.includes(' × '))).toHaveLength(1);
  });

  test('and has the wrong password is said to refuse that', async () => {
    const node = closing(await startBitcoind(new ScriptedChain(), { refusesBatchesBy: 'status' }));
    const wrong = closing(new BitcoindNode(node.url.replace('s3cret', 'WR0NG'), 5_000));
    await expect(wrong.fees()).rejects.toThrow('refuses the user and password');
  });
});

describe('an index that does not know what blocks ask', () => {
  test.each<[string, number, string]>([
    ['a page in place of an answer', 200, '<!doctype html>'],
    ['an error', 502, 'Fee estimates are not available'],
    ['estimates of its own', 200, '{"fastest":null}'],
  ])('and gives %s is followed all the same', async (_, status, body) => {
    const node = closing(
      await startTestNode(new ScriptedChain(), (_node, _request, _body, response) => {
        response.writeHead(status).end(body);
      }),
    );
    const esplora = closing(new EsploraNode(node.url, 5_000));
    expect(await esplora.fees()).toBeNull();
  });

  test('[FR1] who is asked too often is named, and asked again when it says', async () => {
    const node = closing(await startEsplora(new ScriptedChain()));
    const hearing = new Hearing();
    node.failing = 429;
    closing(startBitcoinWatcher(new MemoryLedger(), { esplora: [node.url] }, { hearing }));
    await vi.waitFor(() => expect(hearing.failed.join()).toMatch(/answered with HTTP 429/), PATIENCE);
    expect(hearing.heard).toEqual([]);
    node.failing = null;
    await vi.waitFor(() => expect(hearing.heard.length).toBeGreaterThan(0), PATIENCE);
  });
});

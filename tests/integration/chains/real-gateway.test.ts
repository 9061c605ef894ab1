import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Address } from 'viem';
import { knownEvent } from '../../../contract/events.ts';
import type { Event } from '../../../contract/events.ts';
import type { Order } from '../../../contract/order.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { newId, newSecret, secretHash } from '../../../gateway/auth/secrets.ts';
import { compose } from '../../../gateway/compose.ts';
import { gatewayConfigSchema } from '../../../gateway/config/config-schema.ts';
import { insertKey } from '../../../gateway/store/shop-keys.ts';
import { anvilBinary, startAnvil } from '../../support/anvil/start-anvil.ts';
import type { Anvil } from '../../support/anvil/start-anvil.ts';
import { TestChain } from '../../support/anvil/test-chain.ts';
import { CHAIN, Hearing } from '../../support/anvil/watcher-desk.ts';
import { PATIENCE } from '../../support/patience.ts';

const COINS: Address = '0x1111111111111111111111111111111111111111';
const TOKENS: Address = '0x2222222222222222222222222222222222222222';

describe.skipIf(anvilBinary() === null)('a real gateway beside a real node', () => {
  let anvil: Anvil;
  let chain: TestChain;
  let dataDir: string;
  let gateway: Gateway;
  let url: string;
  let key: string;

  beforeEach(async () => {
    anvil = await startAnvil();
    chain = new TestChain(anvil);
    await chain.deployToken();
    dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-chain-'));
    await open();
    key = newSecret('twk');
    const shop = { id: newId('key'), name: 'shop', store: 'main', createdAt: 0, revokedAt: null };
    await gateway.storage.writer.write((tx) => insertKey(tx, secretHash(key), { ...shop, scopes: ['orders:write'] }));
  });

  afterEach(async () => {
    await gateway.close();
    await anvil.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function open(): Promise<void> {
    const config = gatewayConfigSchema.parse({
      stores: [{ id: 'main', name: 'Main', currency: 'USD', timeZone: 'UTC' }],
      chains: [
        {
          ...{ id: CHAIN, kind: 'evm', rpc: [anvil.ws, anvil.http], confirmations: 3, pollSeconds: 1 },
          tokens: [{ symbol: 'USDC', address: chain.token, decimals: 6 }],
        },
      ],
    });
    const clock = { now: () => Date.now() };
    gateway = await createGateway(compose(config, { version: 'test', dataDir, clock, log: new Hearing().log }));
    url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  }

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/v1/stores/main/orders${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(body && { 'content-type': 'application/json', 'idempotency-key': JSON.stringify(body) }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  function place(reference: string, asset: string, address: Address): Promise<Order> {
    const pay = [{ chain: CHAIN, asset, address, amount: '1000' }];
    return call('POST', '', { reference, price: { currency: 'USD', amount: '10.00' }, pay });
  }

  /** Waits until an order's payment events are these. */
  async function timeline(id: string, expected: readonly string[]): Promise<Order> {
    return vi.waitFor(
      async () => {
        const { order, events } = await call<{ order: Order; events: Event[] }>('GET', `/${id}`);
        const payments = events.flatMap((event) => {
          const known = knownEvent(event);
          if (!known?.kind.startsWith('payment.')) return [];
          const count = known.kind === 'payment.confirmations' ? known.data.confirmations : '';
          // A block that the second endpoint was not asked about yet.
          if (count === 0) return [];
          return [`${known.kind.slice('payment.'.length)}${count}`];
        });
        expect(payments).toEqual(expected);
        return order;
      },
      { ...PATIENCE, interval: 30 },
    );
  }

  test('coins and tokens are paid, confirmed to depth, reorged and confirmed again, all on the timeline', async () => {
    const [inCoins, inTokens] = [
      await place('A-1', 'native', COINS),
      await place('A-2', `erc20:${chain.token}`, TOKENS),
    ];
    const hashes = [await chain.payCoins(COINS, 1000n, 1), await chain.payToken(TOKENS, 1000n, 2)];
    const raws = await Promise.all(hashes.map((hash) => chain.raw(hash)));
    for (const { id } of [inCoins, inTokens]) {
      expect((await timeline(id, ['detected'])).status).toBe('detected');
    }
    await chain.mine();
    for (const { id } of [inCoins, inTokens]) {
      expect((await timeline(id, ['detected', 'confirmations1'])).status).toBe('confirming');
    }
    await chain.mine(2);
    const settled = ['detected', 'confirmations1', 'confirmations3', 'settled'];
    for (const { id } of [inCoins, inTokens]) expect((await timeline(id, settled)).status).toBe('paid');

    await chain.reorg(3);
    const reorged = [...settled, 'reorged'];
    for (const { id } of [inCoins, inTokens]) {
      const order = await timeline(id, reorged);
      expect([order.status, order.received]).toEqual(['awaiting', []]);
    }

    await gateway.close();
    for (const raw of raws) await chain.send(raw);
    await chain.mine(4);
    await open();
    for (const { id } of [inCoins, inTokens]) {
      const order = await timeline(id, [...reorged, 'detected', 'confirmations3', 'settled']);
      expect(order.status).toBe('paid');
      expect(order.payments).toHaveLength(1);
    }
  });

  test('[FR1] the chain is a source whose freshness is told', async () => {
    await vi.waitFor(async () => {
      const answer = await gateway.storage.reader.db.selectFrom('source_states').selectAll().execute();
      expect(answer).toMatchObject([{ id: CHAIN, state: 'hearing' }]);
    }, PATIENCE);
    await anvil.stop();
    await vi.waitFor(async () => {
      const answer = await gateway.storage.reader.db.selectFrom('source_states').selectAll().execute();
      expect(answer).toMatchObject([{ id: CHAIN, state: 'down' }]);
    }, PATIENCE);
  });
});

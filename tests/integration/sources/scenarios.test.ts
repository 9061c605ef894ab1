/**
 * A thousand seeded lives at each pretend processor, whose deliveries are lost, doubled, shuffled and late, whose interface
 * is at times limited or broken, beside a gateway that is at times away. Each ends in the processor's own final state.
 * `SCENARIOS=btcpay:17` plays one world alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { declareStores } from '../../../gateway/store/stores.ts';
import { liveInvoice, openBtcPayWorld } from '../../support/processor-world/btcpay-lives.ts';
import { liveCheckout, openCoinbaseWorld } from '../../support/processor-world/coinbase-lives.ts';
import { livePayment, openCryptoComWorld } from '../../support/processor-world/crypto-com-lives.ts';
import { MINUTE, STORE } from '../../support/processor-world/processor-world.ts';
import type { ProcessorWorld, SharedStorage } from '../../support/processor-world/processor-world.ts';
import { btcpayExpected, coinbaseExpected, cryptoComExpected } from './final-states.ts';
import type { Expected } from './final-states.ts';

const WORLDS = 20;
const LIVES = 50;
/** Everything a life does, and every late delivery, is over by then. */
const LONG_ENOUGH_MS = 7 * 60 * MINUTE;
const ONE_MINUTE_EACH = 240_000;

let folder: string;
let shared: SharedStorage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tillwatch-scenarios-'));
  const clock = { at: 0 };
  const storage = await openStorage({ dataDir: folder, clock: { now: () => clock.at } });
  shared = { storage, clock };
  const main = { id: STORE, name: 'Main', currency: 'EUR', timeZone: 'UTC' };
  await storage.writer.write((tx) => declareStores(tx, [main]));
  await storage.reload();
});

afterAll(async () => {
  await shared.storage.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The numbers of the worlds to play. */
function worldsOf(kind: string): number[] {
  const [wanted, number] = (process.env['SCENARIOS'] ?? '').split(':');
  if (wanted === kind && number !== undefined) return [Number(number)];
  return wanted === '' || wanted === kind ? Array.from({ length: WORLDS }, (_, index) => index) : [];
}

interface Played {
  readonly world: ProcessorWorld;
  /** Plays the nth life. */
  live(n: number): Promise<void>;
  /** The processor's own final state of each of its objects. */
  final(): Iterable<readonly [ref: string, expected: Expected]>;
}

function shown(order: Order | undefined, expected: Expected): Expected | undefined {
  if (!order) return undefined;
  const money = order.payments.filter(counts).map(({ txHash, id }) => txHash ?? id);
  const refunds = order.refunds.map(({ id, amount, state }) => `${id} ${amount} ${state}`);
  return {
    status: order.status,
    ...(expected.flags && { flags: order.flags.filter((flag) => flag !== 'multiple') }),
    ...(expected.money && { money: money.sort() }),
    ...(expected.refunds && { refunds: refunds.sort() }),
  };
}

async function plays(kind: string, n: number, open: (seed: string) => Played): Promise<number> {
  const played = open(`${kind}-${n}`);
  const lives = Promise.all(Array.from({ length: LIVES }, (_, index) => played.live(index)));
  await played.world.run(LONG_ENOUGH_MS);
  await lives;
  let objects = 0;
  for (const [ref, expected] of played.final()) {
    objects += 1;
    const order = await played.world.order(ref);
    expect(shown(order, expected), `world ${kind}:${n}, object ${ref}`).toEqual(expected);
  }
  expect(played.world.troubles, `world ${kind}:${n}`).toEqual([]);
  await played.world.close();
  return objects;
}

describe('a processor’s own final state, whatever befalls its deliveries', () => {
  it('btcpay', { timeout: ONE_MINUTE_EACH }, async () => {
    let objects = 0;
    for (const n of worldsOf('btcpay')) {
      objects += await plays('btcpay', n, (seed) => {
        const opened = openBtcPayWorld(shared, seed, n % 2 === 0);
        return {
          world: opened.world,
          live: (index) => liveInvoice(opened, index),
          final: () => opened.btcpay.invoices().map((invoice) => [invoice.id, btcpayExpected(invoice)] as const),
        };
      });
    }
    expect(objects).toBe(worldsOf('btcpay').length * LIVES);
  });

  it('coinbase-business', { timeout: ONE_MINUTE_EACH }, async () => {
    let objects = 0;
    for (const n of worldsOf('coinbase-business')) {
      objects += await plays('coinbase-business', n, (seed) => {
        const opened = openCoinbaseWorld(shared, seed, n % 2 === 0);
        return {
          world: opened.world,
          live: (index) => liveCheckout(opened, index),
          final: () =>
            opened.coinbase.checkouts().map((checkout) => [checkout.id, coinbaseExpected(checkout)] as const),
        };
      });
    }
    expect(objects).toBe(worldsOf('coinbase-business').length * LIVES);
  });

  it('crypto-com-pay', { timeout: ONE_MINUTE_EACH }, async () => {
    let objects = 0;
    for (const n of worldsOf('crypto-com-pay')) {
      objects += await plays('crypto-com-pay', n, (seed) => {
        const opened = openCryptoComWorld(shared, seed);
        return {
          world: opened.world,
          live: (index) => livePayment(opened, index),
          final: () => opened.processor.payments().map((payment) => [payment.id, cryptoComExpected(payment)] as const),
        };
      });
    }
    expect(objects).toBe(worldsOf('crypto-com-pay').length * LIVES);
  });
});

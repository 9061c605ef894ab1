/** Lives at a pretend processor, played to their end beside the gateway's way in for it, and what then differs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Order } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { declareStores } from '../../../gateway/store/stores.ts';
import { liveInvoice, openBtcPayWorld } from './btcpay-lives.ts';
import { liveCheckout, openCoinbaseWorld } from './coinbase-lives.ts';
import { livePayment, openCryptoComWorld } from './crypto-com-lives.ts';
import { btcpayExpected, coinbaseExpected, cryptoComExpected } from './final-states.ts';
import type { Expected } from './final-states.ts';
import { MINUTE, STORE } from './processor-world.ts';
import type { ProcessorWorld, SharedStorage } from './processor-world.ts';

export const processorKinds = ['crypto-com-pay', 'btcpay', 'coinbase-business'] as const;
export type ProcessorKind = (typeof processorKinds)[number];

/** Everything a life does, and every late delivery, is over by then. */
const LONG_ENOUGH_MS = 7 * 60 * MINUTE;

/** One object that did not end as its processor has it, or what the gateway had trouble with. */
export interface Difference {
  /** Id of the processor's object; null for a trouble of the gateway's own. */
  readonly ref: string | null;
  readonly shown: unknown;
  readonly expected: unknown;
}

export interface PlayedWorld {
  /** How many objects the processor had in the end. */
  readonly objects: number;
  readonly differences: readonly Difference[];
}

interface Opened {
  readonly world: ProcessorWorld;
  /** Plays the nth life. */
  live(n: number): Promise<void>;
  /** The processor's own final state of each of its objects. */
  final(): readonly (readonly [ref: string, expected: Expected])[];
}

type Open = (shared: SharedStorage, seed: string, configured: boolean) => Opened;

const openers: Readonly<Record<ProcessorKind, Open>> = {
  'crypto-com-pay': (shared, seed) => {
    const opened = openCryptoComWorld(shared, seed);
    return {
      world: opened.world,
      live: (n) => livePayment(opened, n),
      final: () => opened.processor.payments().map((payment) => [payment.id, cryptoComExpected(payment)] as const),
    };
  },
  btcpay: (shared, seed, configured) => {
    const opened = openBtcPayWorld(shared, seed, configured);
    return {
      world: opened.world,
      live: (n) => liveInvoice(opened, n),
      final: () => opened.btcpay.invoices().map((invoice) => [invoice.id, btcpayExpected(invoice)] as const),
    };
  },
  'coinbase-business': (shared, seed, configured) => {
    const opened = openCoinbaseWorld(shared, seed, configured);
    return {
      world: opened.world,
      live: (n) => liveCheckout(opened, n),
      final: () => opened.coinbase.checkouts().map((checkout) => [checkout.id, coinbaseExpected(checkout)] as const),
    };
  },
};

/**
 * @param seed unique in the storage; the same one plays the same lives
 * @param configured whether the gateway watches the chain that is paid on, where the kind of processor knows of one
 */
export async function playWorld(
  kind: ProcessorKind,
  shared: SharedStorage,
  { seed, lives, configured }: { readonly seed: string; readonly lives: number; readonly configured: boolean },
): Promise<PlayedWorld> {
  const { world, live, final } = openers[kind](shared, seed, configured);
  const living = Promise.all(Array.from({ length: lives }, (_, n) => live(n)));
  await world.run(LONG_ENOUGH_MS);
  await living;
  const objects = final();
  const differences: Difference[] = world.troubles.map((trouble) => ({ ref: null, shown: trouble, expected: null }));
  for (const [ref, expected] of objects) {
    const shown = shownOf(await world.order(ref), expected);
    if (!isDeepStrictEqual(shown, expected)) differences.push({ ref, shown, expected });
  }
  await world.close();
  return { objects: objects.length, differences };
}

function shownOf(order: Order | undefined, expected: Expected): Expected | undefined {
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

export interface WorldStorage extends SharedStorage {
  close(): Promise<void>;
}

/** A gateway's store in a folder of its own, which goes with it. */
export async function openWorldStorage(): Promise<WorldStorage> {
  const folder = mkdtempSync(join(tmpdir(), 'tillwatch-scenarios-'));
  const clock = { at: 0 };
  const storage = await openStorage({ dataDir: folder, clock: { now: () => clock.at } });
  const main = { id: STORE, name: 'Main', currency: 'EUR', timeZone: 'UTC' };
  await storage.writer.write((tx) => declareStores(tx, [main]));
  await storage.reload();
  return {
    ...{ storage, clock },
    async close() {
      await storage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

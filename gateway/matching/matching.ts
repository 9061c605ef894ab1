/**
 * Money to orders: what watchers can't place is given to the order it fits beyond doubt, or kept as unmatched until a
 * person decides. Every decision is taken inside the transaction that writes it down.
 */
import { isDeepStrictEqual } from 'node:util';
import type { UnmatchedPayment } from '../../contract/unmatched.ts';
import type { Clock, Closeable, EventDraft } from '../ledger.ts';
import type { Logger } from '../logger.ts';
import { addressStore, orderWithPayment, ordersToMatch } from '../store/match-orders.ts';
import type { Storage } from '../store/open-store.ts';
import { findUnmatched, openOn, openWithHash } from '../store/unmatched-payments.ts';
import type { Tx } from '../store/writer.ts';
import { candidatesFor, matchOf } from './match.ts';
import { PastAddresses } from './past-addresses.ts';
import type { MatchingDesk, Sighting } from './sighting.ts';
import { firstSight, sightingReport, withdrawal } from './sighting-report.ts';
import { isNews, sightingOf, unmatchedDraft } from './unmatched-sighting.ts';
import { walletStore } from './wallets.ts';
import type { Wallets } from './wallets.ts';

/** What a watcher follows of a chain at a time; beyond it the oldest are left as they stand. */
const FOLLOWED_MOST = 5_000;

export interface MatchingOptions {
  readonly storage: Storage;
  readonly wallets: Wallets;
  readonly clock: Clock;
  readonly log: Logger;
}

export class Matching implements MatchingDesk, Closeable {
  readonly #options: MatchingOptions;
  readonly #past: PastAddresses;

  constructor(options: MatchingOptions) {
    this.#options = options;
    const { reader, ledger } = options.storage;
    this.#past = new PastAddresses({ reader, ledger, clock: options.clock });
  }

  async addresses(chain: string): Promise<ReadonlySet<string>> {
    const addresses = await this.#past.of(chain);
    for (const { address } of this.#options.wallets.get(chain) ?? []) addresses.add(address);
    return addresses;
  }

  async close(): Promise<void> {
    this.#past.close();
  }

  async seen(sighting: Sighting): Promise<void> {
    if (BigInt(sighting.payment.amount) === 0n) return;
    const { storage } = this.#options;
    // Most sights of a payment only say that it is deeper: those need no transaction.
    const held = await findUnmatched(storage.reader, sighting.payment.id);
    if (held && held.state !== 'attached' && !isNews(held, sighting)) return;
    await storage.writer.write((tx) => this.#place(tx, sighting));
  }

  async gone(_chain: string, paymentId: string, reason: string): Promise<void> {
    const { storage } = this.#options;
    await storage.writer.write(async (tx) => {
      const held = await findUnmatched(tx, paymentId);
      const holder = await orderWithPayment(tx, paymentId);
      if (holder) await storage.ledger.appendIn(tx, holder.store, [withdrawal(holder.order, paymentId, reason)]);
      else if (held?.state === 'open') await this.#say(tx, held.store, vanished(held, reason));
    });
  }

  async open(chain: string): Promise<readonly Sighting[]> {
    const open = await openOn(this.#options.storage.reader, chain, FOLLOWED_MOST);
    return open.flatMap((payment) => sightingOf(payment) ?? []);
  }

  /** A customer named a transaction: unmatched money of it may now have a better candidate. */
  async named(tx: Tx, store: string, txHash: string): Promise<void> {
    for (const held of await openWithHash(tx, store, txHash)) {
      const sighting = sightingOf(held);
      if (!sighting) continue;
      const { orders } = await ordersToMatch(tx, store, sighting);
      const candidates = candidatesFor(sighting, orders);
      if (!isDeepStrictEqual(candidates, held.candidates)) {
        await this.#say(tx, store, unmatchedDraft(sighting, candidates));
      }
    }
  }

  async #place(tx: Tx, sighting: Sighting): Promise<void> {
    const { ledger } = this.#options.storage;
    const { payment } = sighting;
    const holder = await orderWithPayment(tx, payment.id);
    if (holder) {
      await ledger.appendIn(tx, holder.store, [sightingReport(holder.order, sighting)]);
      return;
    }
    const held = await findUnmatched(tx, payment.id);
    if (held && !isNews(held, sighting)) return;
    const store = held?.store ?? (await this.#storeOf(tx, sighting));
    if (store === undefined) {
      tx.afterCommit(() => {
        this.#options.log.warn({ payment: payment.id }, 'money at an address of no store is let go');
      });
      return;
    }
    await this.#decide(tx, store, sighting, held);
  }

  async #decide(tx: Tx, store: string, sighting: Sighting, held: UnmatchedPayment | undefined): Promise<void> {
    const { ledger } = this.#options.storage;
    const { chain, id, to = '' } = sighting.payment;
    const wallet = walletStore(this.#options.wallets, chain, to) !== undefined;
    const { orders, commonAmount } = await ordersToMatch(tx, store, sighting);
    const match = matchOf(sighting, orders, wallet && !commonAmount);
    if (match.kind === 'unmatched') {
      await this.#say(tx, store, unmatchedDraft(sighting, match.candidates));
      return;
    }
    const { order } = match;
    const about = { order, source: chain, occurred: null, sent: null };
    const attached: EventDraft[] = held ? [{ ...about, kind: 'payment.attached', data: { paymentId: id, order } }] : [];
    await ledger.appendIn(tx, store, [{ order, decide: () => [...attached, ...firstSight(order, sighting)] }]);
  }

  /** Whose address it is: a wallet's store, else that of the order that had it last. */
  async #storeOf(tx: Tx, { payment: { chain, to = '' } }: Sighting): Promise<string | undefined> {
    return walletStore(this.#options.wallets, chain, to) ?? (await addressStore(tx, chain, to));
  }

  async #say(tx: Tx, store: string, draft: EventDraft): Promise<void> {
    await this.#options.storage.ledger.appendFactsIn(tx, store, [draft]);
  }
}

function vanished(held: UnmatchedPayment, reason: string): EventDraft {
  const source = held.payment.chain ?? 'matching';
  const data = { paymentId: held.id, reason: reason.slice(0, 1000) };
  return { kind: 'payment.vanished', order: null, source, occurred: null, sent: null, data };
}

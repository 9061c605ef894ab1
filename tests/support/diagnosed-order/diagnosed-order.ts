/** One order at a real gateway, and what is known of it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, vi } from 'vitest';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Order, OrderFact, PayOption } from '../../../contract/order.ts';
import { createGateway } from '../../../gateway/app.ts';
import type { ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import { compose } from '../../../gateway/compose.ts';
import { gatewayConfigSchema } from '../../../gateway/config/config-schema.ts';
import type { EventDraft, Ledger } from '../../../gateway/ledger.ts';
import type { Observations } from '../../../gateway/observations.ts';
import { Hearing } from '../anvil/watcher-desk.ts';
import { PATIENCE } from '../patience.ts';
import type { Sent } from './payer.ts';

/** Until the order expires; nothing is waited for that long but by the clock's leaps. */
export const LIFE_MS = 10 * 60_000;
const GRACE_MS = 60 * 60_000;
const WAITING = { ...PATIENCE, interval: 20 };
const [STORE, ORDER] = ['main', 'ord'];

export interface DiagnosedOrder {
  /** Epoch milliseconds, as the gateway's clock has it. */
  now(): number;
  /** The clock leaps. */
  later(ms: number): void;
  until(check: (order: Order) => void): Promise<Order>;
  /** Resolves when exactly these are found of it, in the order in which they are shown. */
  finds(codes: readonly FindingCode[]): Promise<Order>;
  /** Resolves when the gateway knows the transaction as a payment of the order. */
  sees(sent: Sent): Promise<Order>;
  /** A customer says that a transaction paid it. */
  named(chain: string, hash: string): Promise<unknown>;
  /** Resolves when the gateway has looked for a transaction in vain. */
  looksInVain(chain: string, hash: string): Promise<void>;
  handsOver(): Promise<unknown>;
  resolves(): Promise<unknown>;
  close(): Promise<void>;
}

export interface OrderParts {
  readonly pay: readonly PayOption[];
  /** The chains of gateway.yaml, as they stand there. */
  readonly chains: readonly object[];
  readonly watchers: readonly ChainWatcher[];
}

/** Confirmations after which the goods may go. */
export const RELEASE_DEPTH = 2;

export async function openDiagnosedOrder({ pay, chains, watchers }: OrderParts): Promise<DiagnosedOrder> {
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };
  const release = [{ chain: pay[0]?.chain, confirmations: RELEASE_DEPTH }];
  const config = gatewayConfigSchema.parse({ stores: [{ id: STORE, name: 'Main', release }], chains });
  const dataDir = await mkdtemp(path.join(tmpdir(), 'tillwatch-diagnosed-'));
  const composed = compose(config, { version: 'test', dataDir, clock, log: new Hearing().log });
  let observed: Observations | undefined;
  const gateway = await createGateway({
    ...composed,
    chains: watchers,
    diagnose: (held, now, observations, lookAgain) => {
      observed = observations;
      return composed.diagnose(held, now, observations, lookAgain);
    },
    timings: { tickMs: 20 },
  });
  await gateway.listen({ port: 0, host: '127.0.0.1' });
  await place(gateway.storage.ledger, pay, clock.now());
  return {
    ...clock,
    ...knowing(gateway.storage.ledger),
    ...doing(gateway.storage.ledger),
    later: (ms) => void (clock.ahead += ms),
    looksInVain: (chain, hash) =>
      vi.waitFor(() => expect(observed?.transaction(chain, hash)?.kind).toBe('not-found'), WAITING),
    async close() {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function knowing(ledger: Ledger): Pick<DiagnosedOrder, 'until' | 'finds' | 'sees'> {
  const until: DiagnosedOrder['until'] = (check) =>
    vi.waitFor(async () => {
      const held = await ledger.order(STORE, ORDER);
      if (!held) throw new Error('there is no order');
      check(held);
      return held;
    }, WAITING);
  return {
    until,
    finds: (codes) => until(({ diagnosis }) => expect(diagnosis.map(({ code }) => code)).toEqual(codes)),
    sees: ({ hash }) => until(({ payments }) => expect(payments.map(({ txHash }) => txHash)).toContain(hash)),
  };
}

const about = (source: string) => ({ order: ORDER, source, occurred: null, sent: null });

function append(ledger: Ledger, draft: EventDraft): Promise<unknown> {
  return ledger.append(STORE, [{ order: ORDER, decide: () => [draft] }]);
}

function doing(ledger: Ledger): Pick<DiagnosedOrder, 'named' | 'handsOver' | 'resolves'> {
  const desk = about('desk');
  return {
    named: (chain, txHash) => append(ledger, { kind: 'transaction.named', ...desk, data: { chain, txHash } }),
    handsOver: () => append(ledger, { kind: 'order.released', ...desk, data: {} }),
    resolves: () => append(ledger, { kind: 'case.resolved', ...desk, data: { reason: 'agreed with the customer' } }),
  };
}

function place(ledger: Ledger, pay: readonly PayOption[], now: number): Promise<unknown> {
  const order: OrderFact = {
    ...{ sourceRef: 'r', reference: 'A-1', price: { currency: 'USD', amount: '1' }, live: true },
    ...{ createdAt: now, expiresAt: now + LIFE_MS, graceUntil: now + LIFE_MS + GRACE_MS },
    pay: [...pay],
  };
  return append(ledger, { kind: 'order.created', ...about('direct'), data: { order } });
}

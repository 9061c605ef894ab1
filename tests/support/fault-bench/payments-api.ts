/** The processor's REST interface, by which a gateway learns what no webhook told it. Source: Crypto.com Pay API reference. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Order } from '../../../contract/order.ts';
import { createCryptoComPay } from '../../../gateway/sources/crypto-com-pay/source.ts';
import type { Source } from '../../../gateway/sources/source.ts';
import { EXPECTED_MS } from './chain/follow-timings.ts';
import { SECRET, SOURCE, STORE, paymentAt, refundsAt } from './webhooks.ts';
import type { BenchPayment, Step } from './webhooks.ts';

/** A payment as the processor itself has it. */
export interface KnownPayment {
  readonly payment: BenchPayment;
  readonly step: Step;
}

export interface PaymentsApi {
  /** Tells where the processor's payments are to be read from. */
  serve(known: () => readonly KnownPayment[]): void;
  /** One for each life of a gateway: it polls, hurried by the bench's scale. */
  source(): Source;
  close(): Promise<void>;
}

const KEY = 'sk-fault-bench';

/** @param scale 1 in real time */
export async function startPaymentsApi(scale: number): Promise<PaymentsApi> {
  let read: () => readonly KnownPayment[] = () => [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://processor');
    const body = request.headers.authorization === `Bearer ${KEY}` ? answer(pathname, read()) : undefined;
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { error: { code: 'resource_missing' } }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const apiBase = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    serve: (known) => void (read = known),
    source: () => ({
      ...createCryptoComPay({
        ...{ id: SOURCE, store: STORE, webhookSecrets: [SECRET], apiKey: KEY, apiBase },
        ...{ lateGraceMinutes: 60, chains: [] },
        polling: {
          intervalMs: Math.max(20, 1_000 * scale),
          spacingMs: 1,
          timeoutMs: Math.max(1_000, 10_000 * scale),
          longestBackoffMs: Math.max(100, 5_000 * scale),
          sweepMs: Math.max(40, 2_000 * scale),
          deepSweepMs: Math.max(100, 10_000 * scale),
        },
      }),
      expectedIntervalMs: EXPECTED_MS,
    }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(path: string, known: readonly KnownPayment[]): object | undefined {
  const [collection, id, more] = path.split('/').filter((part) => part !== '');
  if (collection !== 'payments') return undefined;
  if (id === undefined) return { items: known.toReversed().map(paymentAt), meta: { next_page: null } };
  const found = known.find(({ payment }) => payment.id === id);
  if (!found) return undefined;
  return more === 'refunds' ? { items: refundsAt(found) } : paymentAt(found);
}

/** True when the gateway's order tells all that asking the processor brings out. */
export function isUpToDate(order: Order | undefined, { step }: KnownPayment): boolean {
  if (!order) return false;
  switch (step) {
    case 'created':
      return true;
    case 'funded':
      return order.payments.length > 0;
    case 'captured':
    // A refund that was only asked for is told by its webhook alone.
    case 'refund-requested':
      return ['paid', 'refunding', 'refunded'].includes(order.status);
    case 'refund-transferred':
      return order.refunds.some(({ state }) => state === 'completed');
    default:
      return step satisfies never;
  }
}

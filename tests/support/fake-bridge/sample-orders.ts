/** Orders in every state a screen must be able to show, all relative to one moment. */
import { foldAll } from '../../../contract/fold.ts';
import type { Event } from '../../../contract/events.ts';
import type { Order, Payment } from '../../../contract/order.ts';

export const MINUTE = 60_000;
const ETHEREUM = 'eip155:1';
const USDC = 'erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48';

const names = ['Ines Ferreira', 'Tom Baker', 'Amara Okafor', 'Lukas Meier', 'Sofia Rossi', 'Kenji Sato', 'Priya Nair'];

/** Hexadecimal digits that look random and are the same each time. */
function digits(seed: number, length: number): string {
  let state = seed * 2_654_435_761 + 1;
  let text = '';
  while (text.length < length) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    text += Math.floor(state).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}

export function sampleOrder(n: number, now: number, changes: Partial<Order> = {}): Order {
  const usdc = n % 2 === 0;
  const cents = 450 + ((n * 7919) % 18_000);
  const amount = `${Math.floor(cents / 100)}.${(cents % 100).toString().padStart(2, '0')}`;
  const createdAt = now - 4 * MINUTE - (n % 7) * 11_000;
  const source = n % 3 === 0 ? 'cdc' : 'shop';
  return {
    id: `ord_${digits(n, 22)}`,
    store: 'main',
    source,
    sourceRef: source === 'cdc' ? `${digits(n, 8)}-${digits(n + 1, 4)}-4${digits(n + 2, 3)}` : `A-${1000 + n}`,
    reference: `A-${1000 + n}`,
    customer: { name: names[n % names.length] ?? 'Nobody', email: `customer${n}@example.com` },
    price: { currency: n % 11 === 0 ? 'EUR' : 'USD', amount },
    pay: [
      usdc
        ? {
            chain: ETHEREUM,
            asset: USDC,
            symbol: 'USDC',
            decimals: 6,
            address: `0x${digits(n, 40)}`,
            amount: `${cents}0000`,
          }
        : {
            chain: ETHEREUM,
            asset: 'native',
            symbol: 'ETH',
            decimals: 18,
            address: `0x${digits(n, 40)}`,
            amount: `${cents}00000000000`,
          },
    ],
    createdAt,
    expiresAt: createdAt + 15 * MINUTE,
    graceUntil: createdAt + 75 * MINUTE,
    live: true,
    ...(source === 'cdc' ? { method: 'Crypto.com App' } : {}),
    status: 'awaiting',
    payments: [],
    received: [],
    refunds: [],
    flags: [],
    verdict: 'wait',
    diagnosis: [],
    notes: [],
    updatedAt: createdAt,
    updatedSeq: n + 1,
    ...changes,
  };
}

/** The payment that fits an order's first way to pay. */
export function samplePayment(order: Order, n: number, changes: Partial<Payment> = {}): Payment {
  const way = order.pay[0];
  if (!way) throw new Error('a sample order has a way to pay');
  return {
    id: `${way.chain ?? ''}:0x${digits(n + 500, 64)}:0`,
    chain: way.chain,
    asset: way.asset,
    symbol: way.symbol,
    decimals: way.decimals,
    amount: way.amount,
    txHash: `0x${digits(n + 500, 64)}`,
    from: `0x${digits(n + 900, 40)}`,
    ...(way.address === null ? {} : { to: way.address }),
    required: 12,
    witness: 'node',
    confirmations: null,
    state: 'seen',
    seenAt: order.createdAt + 90_000,
    ...changes,
  };
}

/** Half of what is due, in base units. */
function half({ pay: [way] }: Order): string {
  return (BigInt(way?.amount ?? 0) / 2n).toString();
}

function paidWith(order: Order, payment: Payment, changes: Partial<Order>): Order {
  const { chain, asset, amount, decimals, symbol } = payment;
  return { ...order, payments: [payment], received: [{ chain, asset, amount, decimals, symbol }], ...changes };
}

/** One order a state, the way a busy hour would leave them. */
export function everyState(now: number): Order[] {
  const at = (n: number, changes: Partial<Order> = {}) => sampleOrder(n, now, changes);
  const block = { number: 21_480_112, hash: `0x${digits(77, 64)}` };
  const rule = 'eip155:1 up to 100 USD: 1 confirmation';
  const confirming = at(40);
  const seen = at(41);
  const shallow = at(43);
  const settled = at(39, { createdAt: now - 14 * MINUTE });
  const late = at(31, { createdAt: now - 24 * MINUTE, expiresAt: now - 9 * MINUTE });
  const short = at(37, { createdAt: now - 8 * MINUTE });
  const over = at(36, { createdAt: now - 19 * MINUTE });
  const reorged = at(33, { createdAt: now - 11 * MINUTE });
  const deep = { state: 'confirming' as const, confirmations: 2, block };
  const whole = { state: 'settled' as const, confirmations: 14, block };
  return [
    at(44),
    at(45, { createdAt: now - 1 * MINUTE, expiresAt: now + 14 * MINUTE }),
    at(46, { expiresAt: now + 74_000 }),
    at(47, { createdAt: now - 9 * MINUTE, expiresAt: now + 6 * MINUTE }),
    at(48, { createdAt: now - 30_000, expiresAt: now + 14.5 * MINUTE }),
    paidWith(confirming, samplePayment(confirming, 40, deep), {
      status: 'confirming',
      verdict: 'release',
      verdictRule: rule,
    }),
    paidWith(shallow, samplePayment(shallow, 43, { ...deep, confirmations: 7 }), { status: 'confirming' }),
    paidWith(seen, samplePayment(seen, 41), { status: 'detected' }),
    paidWith(settled, samplePayment(settled, 39, whole), {
      status: 'paid',
      verdict: 'release',
      verdictRule: rule,
      paidAt: now - 4 * MINUTE,
    }),
    paidWith(late, samplePayment(late, 31, { ...whole, seenAt: now - 6 * MINUTE }), {
      status: 'paid',
      verdict: 'hold',
      flags: ['late'],
      paidAt: now - 6 * MINUTE,
      updatedAt: now - 6 * MINUTE,
      diagnosis: [
        {
          code: 'late',
          severity: 'warning',
          since: now - 6 * MINUTE,
          evidence: ['paid 3 min after the order expired'],
          nextStep: 'Decide whether the price still holds: then an admin overrides the verdict; otherwise refund.',
          facts: { byMs: '180000' },
        },
      ],
    }),
    paidWith(short, samplePayment(short, 37, { ...whole, amount: half(short) }), {
      verdict: 'hold',
      flags: ['underpaid'],
      updatedAt: now - 2 * MINUTE,
      diagnosis: [
        {
          code: 'underpaid',
          severity: 'warning',
          since: now - 2 * MINUTE,
          evidence: ['0.00027265 ETH are missing', 'received 0.00027265 ETH of 0.0005453 ETH'],
          nextStep: 'Ask the customer to send the rest before the countdown ends.',
          facts: { missing: '0.00027265 ETH', received: '0.00027265 ETH', due: '0.0005453 ETH' },
        },
      ],
    }),
    paidWith(over, samplePayment(over, 36, { ...whole, amount: '999000000' }), {
      status: 'paid',
      verdict: 'hold',
      flags: ['overpaid', 'multiple'],
      paidAt: now - 15 * MINUTE,
      updatedAt: now - 15 * MINUTE,
    }),
    {
      ...reorged,
      payments: [samplePayment(reorged, 33, { state: 'reorged' })],
      verdict: 'hold',
      flags: ['reorged'],
      updatedAt: now - 40_000,
      diagnosis: [
        {
          code: 'reorged',
          severity: 'critical',
          since: now - 40_000,
          evidence: [`0.0009777 ETH in 0x${digits(533, 64)}`],
          nextStep: 'The chain took the payment back. Hand nothing over until it is confirmed again.',
          facts: { amount: '0.0009777 ETH', txHash: `0x${digits(533, 64)}` },
        },
      ],
    },
    at(30, {
      createdAt: now - 40 * MINUTE,
      expiresAt: now - 25 * MINUTE,
      graceUntil: now + 35 * MINUTE,
      status: 'expired',
    }),
    at(29, { live: false, verdict: 'test' }),
    at(28, {
      status: 'refunding',
      createdAt: now - 55 * MINUTE,
      refunds: [{ id: 'ref_1', amount: '12.50', currency: 'USD', state: 'requested' }],
    }),
    at(27, { status: 'cancelled', createdAt: now - 90 * MINUTE, updatedAt: now - 88 * MINUTE }),
    at(26, { status: 'failed', createdAt: now - 95 * MINUTE, updatedAt: now - 93 * MINUTE }),
  ];
}

/** Paid and done orders of the last hours, to fill a queue. */
export function doneOrders(count: number, now: number): Order[] {
  return Array.from({ length: count }, (_, n) => {
    const createdAt = now - (20 + n * 3) * MINUTE;
    const order = sampleOrder(2000 + n, now, { createdAt, expiresAt: createdAt + 15 * MINUTE });
    const payment = samplePayment(order, 2000 + n, { state: 'settled', confirmations: 30 });
    if (n % 9 === 4) return { ...order, status: 'expired', graceUntil: createdAt + 16 * MINUTE };
    const paidAt = createdAt + 3 * MINUTE;
    return paidWith(order, payment, { status: 'paid', verdict: 'release', paidAt, releasedAt: paidAt + 20_000 });
  });
}

/** The events behind an order, as the log would hold them, so that a history agrees with its order. */
export function eventsOf(order: Order): Event[] {
  const base = { epoch: 'e1', store: order.store, order: order.id, source: order.source };
  const created = {
    ...{ sourceRef: order.sourceRef, reference: order.reference, price: order.price, pay: order.pay, live: order.live },
    ...{ createdAt: order.createdAt, expiresAt: order.expiresAt, graceUntil: order.graceUntil },
  };
  const facts: { kind: string; at: number; data: Record<string, unknown>; raw?: string }[] = [
    { kind: 'order.created', at: order.createdAt, data: { order: created }, raw: 'dlv_7f21' },
  ];
  for (const { confirmations, state, seenAt, block, replacedBy: _, ...payment } of order.payments) {
    facts.push({ kind: 'payment.detected', at: seenAt, data: { payment }, raw: 'dlv_7f22' });
    if (block && confirmations !== null && payment.required !== null) {
      const data = { paymentId: payment.id, confirmations, required: payment.required, block };
      facts.push({ kind: 'payment.confirmations', at: seenAt + 24_000, data });
    }
    if (state === 'settled')
      facts.push({ kind: 'payment.settled', at: seenAt + 150_000, data: { paymentId: payment.id } });
  }
  facts.push({ kind: 'verdict.changed', at: order.updatedAt, data: { verdict: order.verdict, rule: 'sample' } });
  return facts.map(({ kind, at, data, raw }, n) => ({
    ...base,
    seq: n + 1,
    id: `00000000-0000-4000-8000-${digits(n + 3, 12)}`,
    kind,
    at: { occurred: n === 1 ? null : at, sent: kind.startsWith('order') ? at + 180 : null, received: at + 340 },
    data,
    ...(raw === undefined ? {} : { raw }),
  }));
}

/** What the log's own fold makes of an order's sample events. */
export function folded(order: Order): Order | undefined {
  return foldAll(new Map(), eventsOf(order)).get(order.id);
}

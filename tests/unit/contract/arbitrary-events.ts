/** Any valid event, about few orders and payments so that events meet each other. */
import fc from 'fast-check';
import type { Event, EventData, EventKind } from '../../../contract/events.ts';
import { chainFlags, moneyFlags, verdicts } from '../../../contract/order.ts';

const time = fc.integer({ min: 0, max: 5_000 });
const baseUnits = fc.oneof(
  fc.integer({ min: 0, max: 20 }).map(String),
  fc.bigInt({ min: 0n, max: 10n ** 78n - 1n }).map(String),
);
const decimal = fc.oneof(
  fc.constantFrom('0', '5', '10.00', '20', '0.01'),
  fc.bigInt({ min: 0n, max: 10n ** 40n - 1n }).map(String),
);
const paymentId = fc.constantFrom('p1', 'p2', 'p3');
const asset = fc.constantFrom(
  { chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18 },
  { chain: 'eip155:1', asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6 },
  { chain: null, asset: 'eth', symbol: 'ETH', decimals: null },
);
const text = fc.string({ maxLength: 40 });
const blockRef = fc.record({ number: fc.nat(100), hash: fc.constantFrom('0xb1', '0xb2') });
const reason = fc.record({ reason: text }, { requiredKeys: [] });
const actor = fc.record({ deskId: fc.constantFrom('d1', 'd2'), name: text });

const payOption = fc
  .tuple(asset, baseUnits, fc.option(baseUnits, { nil: undefined }))
  .map(([named, amount, minimum]) => ({ ...named, address: null, amount, ...(minimum !== undefined && { minimum }) }));

const orderFact = fc.record(
  {
    sourceRef: fc.constantFrom('r1', 'r2'),
    reference: text,
    price: fc.record({ currency: fc.constantFrom('USD', 'ETH'), amount: decimal }),
    pay: fc.array(payOption, { maxLength: 3 }),
    createdAt: time,
    expiresAt: time,
    graceUntil: time,
    live: fc.boolean(),
    customer: fc.record({ name: text, email: text }, { requiredKeys: [] }),
    method: text,
    provisional: fc.boolean(),
  },
  { requiredKeys: ['sourceRef', 'reference', 'price', 'pay', 'createdAt', 'expiresAt', 'graceUntil', 'live'] },
);

const paymentFact = fc
  .tuple(
    asset,
    fc.record({
      id: paymentId,
      amount: baseUnits,
      txHash: fc.constantFrom(null, '0x01', '0x02'),
      required: fc.option(fc.nat(12)),
      witness: fc.constantFrom('processor' as const, 'node' as const),
    }),
  )
  .map(([named, rest]) => ({ ...named, ...rest }));

const refund = fc.record({
  refundId: fc.constantFrom('r1', 'r2', 'r3'),
  amount: decimal,
  currency: fc.constantFrom('USD', 'ETH'),
});
const finding = fc.record({
  code: fc.constantFrom('late', 'underpaid'),
  severity: fc.constantFrom('info' as const, 'warning' as const, 'critical' as const),
  since: time,
  evidence: fc.array(text, { maxLength: 2 }),
  nextStep: text,
});
const candidate = fc.record({
  order: fc.constantFrom('ord_1', 'ord_2'),
  reference: text,
  score: fc.nat(100),
  reasons: fc.array(fc.record({ code: fc.constant('same-amount'), text: fc.constant('same amount') }), {
    maxLength: 1,
  }),
});
const nothing = fc.constant({});

const data: { readonly [K in EventKind]: fc.Arbitrary<EventData<K>> } = {
  'order.created': fc.record({ order: orderFact }),
  'order.updated': orderFact.chain((fact) =>
    fc.subarray(Object.keys(fact) as (keyof typeof fact)[]).map((keys) => ({
      changes: Object.fromEntries(keys.map((key) => [key, fact[key]])),
    })),
  ),
  'order.expired': reason,
  'order.cancelled': reason,
  'order.failed': reason,
  'payment.detected': fc.record({ payment: paymentFact }),
  'payment.confirmations': fc.record({ paymentId, confirmations: fc.nat(20), required: fc.nat(12), block: blockRef }),
  'payment.settled': fc.record({ paymentId }),
  'payment.replaced': fc.record({ paymentId, byTxHash: fc.constantFrom('0x03', '0x04') }),
  'payment.dropped': fc.record({ paymentId, reason: text }),
  'payment.reverted': fc.record(
    { paymentId, reason: text, block: blockRef },
    { requiredKeys: ['paymentId', 'reason'] },
  ),
  'payment.reorged': fc.record({ paymentId, fromBlock: blockRef }),
  'payment.unmatched': fc.record({
    payment: paymentFact,
    seenAt: time,
    confirmations: fc.nat(12),
    candidates: fc.array(candidate, { maxLength: 2 }),
  }),
  'payment.attached': fc.record({ paymentId, order: fc.constantFrom('ord_1', 'ord_2') }),
  'payment.dismissed': fc.record({ paymentId, reason: text }),
  'payment.vanished': fc.record({ paymentId, reason: text }),
  'transaction.named': fc.record({ chain: fc.constantFrom(null, 'eip155:1'), txHash: fc.constantFrom('0x01', '0x02') }),
  'refund.requested': refund,
  'refund.completed': refund,
  'refund.failed': fc.record({ refundId: fc.constantFrom('r1', 'r2', 'r3'), reason: text }),
  'diagnosis.changed': fc.record({
    findings: fc.array(finding, { maxLength: 2 }),
    flags: fc.subarray([...moneyFlags, ...chainFlags]),
  }),
  'verdict.changed': fc.record({ verdict: fc.constantFrom(...verdicts), rule: text, reason: text }),
  'note.added': fc.record({ text }),
  'webhook.heard': nothing,
  'case.claimed': nothing,
  'case.unclaimed': fc.record({ to: text }, { requiredKeys: [] }),
  'case.resolved': fc.record({ reason: text }),
  'order.released': nothing,
  'customer.erased': nothing,
  'source.state': fc.record({
    id: fc.constant('cdc'),
    kind: fc.constant('crypto-com-pay'),
    state: fc.constantFrom('hearing' as const, 'down' as const),
    lastHeardAt: fc.option(time),
    lagMs: fc.option(fc.integer()),
  }),
};

const known = fc.oneof(
  ...(Object.keys(data) as EventKind[]).map((kind) => data[kind].map((each) => ({ kind: kind, data: { ...each } }))),
);
/** Of a version to come. */
const unknown = fc.record({
  kind: fc.constantFrom('payment.blessed', 'order', 'constructor', '__proto__', 'toString'),
  data: fc.dictionary(fc.string({ maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
});

const fields = fc.record({
  what: fc.oneof({ weight: 9, arbitrary: known }, { weight: 1, arbitrary: unknown }),
  order: fc.constantFrom('ord_1', 'ord_1', 'ord_2', null),
  source: fc.constantFrom('cdc', 'eip155:1'),
  occurred: fc.option(time),
  received: time,
  actor: fc.option(actor, { nil: undefined }),
});

/** A store's log from seq 1 on, gapless; half of them begin as logs do, with the creation of an order. */
export const log: fc.Arbitrary<Event[]> = fc
  .tuple(fc.option(orderFact, { nil: undefined }), fc.array(fields, { maxLength: 40 }))
  .map(([first, rest]) => {
    const begin = first && {
      what: { kind: 'order.created', data: { order: first } },
      order: 'ord_1',
      source: 'cdc',
      occurred: null,
      received: 0,
      actor: undefined,
    };
    return [...(begin ? [begin] : []), ...rest].map(({ what, occurred, received, actor: by, ...each }, index) => ({
      ...each,
      ...what,
      seq: index + 1,
      id: `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      epoch: 'e',
      store: 'main',
      at: { occurred, sent: null, received },
      ...(by && { actor: by }),
    }));
  });

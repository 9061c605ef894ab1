/** Money the processor saw, and its word that it has the whole. */
import type { Order, Payment, PaymentFact, PayOption } from '../../../contract/order.ts';
import { paymentFactSchema } from '../../../contract/order.ts';
import { counts, pays } from '../../../contract/settlement.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import { cryptoAsset } from '../crypto-asset.ts';
import { baseUnits, cryptoUnits } from './amount.ts';
import { notationOf, payOption } from './order-fact.ts';
import type { InboundFund } from './schema.ts';
import { about } from './sight.ts';
import type { PaymentSight } from './sight.ts';

/**
 * `current_inbound_fund` → `payment.detected`. A transaction that is known already, from whichever witness, is not new
 * money; a nameless settlement takes on the first transaction that is seen after it.
 * @throws AmountError when the amount is not what is documented
 */
export function fundReport(sight: PaymentSight, fund: InboundFund): Report {
  const seen = fundFact(sight, fund);
  const occurred = fund.txn_created_at ?? fund.created_at ?? sight.occurred;
  return {
    order: sight.order,
    decide(order) {
      if (!order || seen.amount === '0') return [];
      const known = seen.txHash === null ? undefined : byHash(order, seen.txHash);
      const nameless = order.payments.find(({ id }) => id === namelessId(sight));
      if (known && !nameless && counts(known) && wordsOf(known).processor === undefined) {
        return [joined(sight, known, occurred)];
      }
      if (known) return occurred === null ? [] : inTime(sight, order, known, occurred);
      if (nameless && seen.txHash === null) return [];
      const id = nameless?.txHash === null || seen.txHash === null ? namelessId(sight) : seen.id;
      return [detected(sight, { ...seen, id }, occurred)];
    },
  };
}

/**
 * `captured` or `succeeded` → `payment.settled`, once. Settles the money the object names, else the first seen that is
 * in a right asset; where none was seen, a payment of what was due is synthesised.
 */
export function settlementReport(sight: PaymentSight): Report {
  const occurred = sight.payment.settled_at ?? sight.occurred;
  return {
    order: sight.order,
    decide(order) {
      if (!order || order.payments.some(({ settledBy }) => settledBy === 'processor')) return [];
      const target = settledPayment(order, sight);
      if (target) return [...revived(sight, target), settled(sight, target.id, occurred)];
      const due = dueFact(order, sight);
      return [detected(sight, due, occurred), settled(sight, due.id, occurred)];
    },
  };
}

/** Once the currency asked for is known, a nameless settlement is in that currency. */
export function namelessReport(sight: PaymentSight): Report {
  return {
    order: sight.order,
    decide(order) {
      const nameless = order?.payments.find(({ id, txHash }) => id === namelessId(sight) && txHash === null);
      const [only, other] = order?.pay ?? [];
      if (!nameless || !only || other || sight.payment.current_inbound_fund || pays(only, nameless)) return [];
      return [detected(sight, optionFact(sight, only), nameless.seenAt)];
    },
  };
}

/** Id of the payment whose transaction the processor did not name. */
function namelessId({ payment }: PaymentSight): string {
  return payment.id;
}

/**
 * A node saw the transaction first: from here on it is the processor's payment too, and settles by its word. Where the
 * processor told of money without a name before, that stays its word for it.
 */
function joined(sight: PaymentSight, known: Payment, occurred: number | null): EventDraft {
  return detected(sight, { ...paymentFactSchema.parse(known), witness: 'processor' }, occurred);
}

/** The processor's time of a transaction that another sight called late. Nothing else of it changes. */
function inTime(sight: PaymentSight, { expiresAt }: Order, known: Payment, occurred: number): EventDraft[] {
  if (!counts(known) || known.seenAt <= expiresAt || occurred > expiresAt) return [];
  const { confirmations: _c, state: _s, seenAt: _a, block: _b, settledBy: _y, replacedBy: _r, ...fact } = known;
  return [detected(sight, fact, occurred)];
}

function byHash(order: Order, txHash: string): Payment | undefined {
  return order.payments.find((payment) => payment.txHash?.toLowerCase() === txHash.toLowerCase());
}

function settledPayment(order: Order, { payment }: PaymentSight): Payment | undefined {
  const hash = payment.current_inbound_fund?.txn_id;
  const named = hash === undefined ? undefined : byHash(order, hash);
  if (named && (counts(named) || revivable.has(named.state))) return named;
  const right = (each: Payment) => order.pay.length === 0 || order.pay.some((option) => pays(option, each));
  return order.payments.find((each) => counts(each) && right(each));
}

const revivable: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reorged']);

/** A node saw it vanish, and the processor has it after all: it is the same money, not more of it. */
function revived(sight: PaymentSight, target: Payment): EventDraft[] {
  if (counts(target)) return [];
  const payment = { ...paymentFactSchema.parse(target), witness: 'processor' } as const;
  return [detected(sight, payment, target.seenAt)];
}

function fundFact(sight: PaymentSight, fund: InboundFund): PaymentFact {
  const txHash = fund.txn_id?.slice(0, 128) ?? null;
  const asset = cryptoAsset(fund.currency, txHash, sight.options);
  const { amount, decimals } = cryptoUnits(fund.amount, asset.decimals, notationOf(sight.payment));
  const to = fund.deposit_address ?? sight.payment.deposit_address;
  return {
    ...base(sight),
    ...asset,
    id: txHash === null ? namelessId(sight) : `${sight.payment.id}:${txHash.toLowerCase()}`.slice(0, 256),
    decimals,
    amount: amount.toString(),
    txHash,
    ...(fund.from_address !== undefined && { from: fund.from_address.slice(0, 128) }),
    ...(to !== undefined && { to: to.slice(0, 128) }),
  };
}

function base(sight: PaymentSight): Pick<PaymentFact, 'id' | 'txHash' | 'required' | 'witness'> {
  return { id: namelessId(sight), txHash: null, required: null, witness: 'processor' };
}

/** What was due, as the object says it, else as the order knows it, else in the currency of the price. */
function dueFact(order: Order, sight: PaymentSight): PaymentFact {
  const option = payOption(sight.payment, sight.options) ?? (order.pay.length === 1 ? order.pay[0] : undefined);
  if (option) return optionFact(sight, option);
  const { currency, amount } = sight.payment;
  const asset = cryptoAsset(currency, null, sight.options);
  return { ...base(sight), ...asset, amount: baseUnits(amount).toString() };
}

function optionFact(sight: PaymentSight, { chain, asset, symbol, decimals, address, amount }: PayOption): PaymentFact {
  const to = address === null ? {} : { to: address };
  return { ...base(sight), chain, asset, symbol, decimals, amount, ...to };
}

function detected(sight: PaymentSight, payment: PaymentFact, occurred: number | null): EventDraft {
  return { kind: 'payment.detected', ...about(sight, occurred), data: { payment } };
}

function settled(sight: PaymentSight, paymentId: string, occurred: number | null): EventDraft {
  return { kind: 'payment.settled', ...about(sight, occurred), data: { paymentId } };
}

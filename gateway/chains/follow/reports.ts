/**
 * What was learnt of a payment, as a report that decides by the order's own state, so that the same sight twice, or one
 * that comes late, says nothing. Pure.
 */
import { DIRECT_SOURCE, paymentFactSchema } from '../../../contract/order.ts';
import type { Order, Payment, PaymentFact } from '../../../contract/order.ts';
import type { EventData, EventKind } from '../../../contract/events.ts';
import { wordsOf } from '../../../contract/words.ts';
import type { EventDraft, Report } from '../../ledger.ts';
import type { BlockRef } from '../chain-watcher.ts';
import { depth, standing } from './canonical-chain.ts';
import type { Mined, Sight } from './sight.ts';
import type { Tip } from './tip.ts';
import { isUnmined } from './unmined-payment.ts';

/** Money that was there and went: a later sight brings it back. */
const gone: ReadonlySet<Payment['state']> = new Set(['replaced', 'dropped', 'reorged']);

type Told = Omit<Sight, 'order'>;
type Draft = <K extends EventKind>(kind: K, data: EventData<K>, occurred: number | null) => EventDraft;

/** Drafts of one chain about one order. */
function drafter(chain: string, order: string): Draft {
  return (kind, data, occurred) => ({ kind, order, source: chain, occurred, sent: null, data }) as EventDraft;
}

/** A payment's fact without what later events made of it. */
export function factOfPayment(payment: Payment): PaymentFact {
  return paymentFactSchema.parse(payment);
}

/**
 * Payments in assets that nobody configured, told of one order; anybody can send worthless tokens to any address, and
 * an order does not grow without end for it.
 */
const MOST_FOREIGN = 8;

export function sightReport(id: string, sight: Told, tip: Tip): Report {
  return {
    order: id,
    decide(order) {
      const known = order && knownAs(order, sight.fact);
      if (!order || (!known && isSurplus(order, sight.fact))) return [];
      const draft = drafter(tip.chain, order.id);
      // Whose word came first stays its witness: a processor's payment is settled by the processor.
      const told = known?.witness === 'processor' ? { ...sight, fact: onChain(known, sight.fact) } : sight;
      if (!told.mined) return seenInPool(known, told.fact, draft);
      // Miners may date a block ahead of its time; what is here has happened by now.
      const mined = { ...told.mined, at: Math.min(told.mined.at, tip.now) };
      return mined.failed === undefined
        ? paid(known, told, mined, { ...tip, draft, settlesAlone: order.source === DIRECT_SOURCE })
        : failed(known, told, mined, mined.failed, draft);
    },
  };
}

/** The payment itself, or what a processor told of the same transaction under an id of its own. */
function knownAs({ payments }: Order, fact: PaymentFact): Payment | undefined {
  const isSame = ({ witness, txHash, asset, chain }: Payment): boolean =>
    witness === 'processor' && chain === fact.chain && asset === fact.asset && sameHash(txHash, fact.txHash);
  return payments.find(({ id }) => id === fact.id) ?? payments.find(isSame);
}

function sameHash(a: string | null, b: string | null): boolean {
  return a !== null && a.toLowerCase() === b?.toLowerCase();
}

/** A processor's payment, with what a node alone knows of it. */
function onChain(known: Payment, { chain, from, signed }: Sight['fact']): Sight['fact'] {
  return { ...(from !== undefined && { from }), ...(signed && { signed }), ...factOfPayment(known), chain };
}

function isSurplus(order: Order, fact: PaymentFact): boolean {
  const isForeign = ({ decimals, asset }: PaymentFact): boolean => decimals === null && asset !== 'native';
  return isForeign(fact) && order.payments.filter(isForeign).length >= MOST_FOREIGN;
}

/** A processor's payment is the node's word too from here on. A payment that was replaced comes back only by being mined: a node may still hold what it knows to be outbid. */
function seenInPool(known: Payment | undefined, fact: PaymentFact, draft: Draft): EventDraft[] {
  const back = known?.state === 'dropped' || known?.state === 'reorged';
  const unsaid = known !== undefined && known.state !== 'replaced' && wordsOf(known).node === undefined;
  return !known || back || unsaid ? [draft('payment.detected', { payment: fact }, null)] : [];
}

function failed(
  known: Payment | undefined,
  { fact }: Told,
  { at, block }: Mined,
  reason: string,
  draft: Draft,
): EventDraft[] {
  const isTold = known?.state === 'reverted' && (!known.block || known.block.hash === block.hash);
  if (isTold) return [];
  return [
    ...(known ? [] : [draft('payment.detected', { payment: fact }, at)]),
    ...(known?.block ? [draft('payment.reorged', { paymentId: known.id, fromBlock: known.block }, null)] : []),
    draft('payment.reverted', { paymentId: fact.id, reason, block }, at),
  ];
}

interface Telling extends Tip {
  readonly draft: Draft;
  /** Whether a node's word alone settles what it saw: of a processor's order only the processor knows that. */
  readonly settlesAlone: boolean;
}

function paid(known: Payment | undefined, sight: Told, mined: Mined, by: Telling): EventDraft[] {
  const { fact } = sight;
  // A payment that failed before its block was kept names where it stands now.
  const moved = known && (known.state === 'reverted' || (known.block && known.block.hash !== mined.block.hash));
  const news = !known || moved || gone.has(known.state) || differs(known, fact);
  const current: Payment | undefined = known && !news ? known : undefined;
  return [
    ...(moved
      ? [by.draft('payment.reorged', { paymentId: fact.id, fromBlock: known.block ?? mined.block }, null)]
      : []),
    ...(news ? [by.draft('payment.detected', { payment: fact }, mined.at)] : []),
    ...confirmed(current ?? { ...fact, ...settlement(known) }, mined.block, by),
  ];
}

function settlement(known: Payment | undefined): Pick<Payment, 'settledBy'> {
  return known?.settledBy ? { settledBy: known.settledBy } : {};
}

/** The mined amount is what counts: a token that takes a fee delivers less than the pool promised. */
function differs(known: Payment, fact: PaymentFact): boolean {
  return known.witness === 'node' && (known.amount !== fact.amount || known.from !== fact.from);
}

/**
 * Confirmations up to what anybody asks for, and settlement at what is required. None where the block is one that too few
 * nodes hold. A processor's payment settles by its own word alone.
 */
function confirmed(
  payment: PaymentFact & Partial<Payment>,
  block: BlockRef,
  { canonical, required, agreed, settled, at, draft, settlesAlone, ...counting }: Telling,
): EventDraft[] {
  const countTo = payment.state === 'settled' ? counting.countSettledTo : counting.countTo;
  const confirmations = Math.min(depth(canonical, block, agreed), countTo);
  const known = payment.block?.hash === block.hash ? (payment.confirmations ?? 0) : 0;
  const settles = (payment.witness === 'node' && settlesAlone) || payment.settledBy === 'processor';
  return [
    ...(confirmations > known || payment.block?.hash !== block.hash
      ? [draft('payment.confirmations', { paymentId: payment.id, confirmations, required, block }, at)]
      : []),
    ...(block.number <= settled && payment.state !== 'settled' && settles
      ? [draft('payment.settled', { paymentId: payment.id }, at)]
      : []),
  ];
}

/**
 * Holds an order's mined payments against the chain as it is now: those in orphaned blocks are taken back, the others
 * counted on.
 */
export function depthReport(id: string, tip: Tip): Report {
  return {
    order: id,
    decide(order) {
      if (!order) return [];
      const draft = drafter(tip.chain, order.id);
      return order.payments.flatMap((payment) => {
        const { block } = payment;
        if (payment.chain !== tip.chain || !block) return [];
        if (standing(tip.canonical, block) === 'orphaned') {
          return [draft('payment.reorged', { paymentId: payment.id, fromBlock: block }, null)];
        }
        const counted = payment.state === 'confirming' || payment.state === 'settled';
        const settlesAlone = order.source === DIRECT_SOURCE;
        return counted ? confirmed(payment, block, { ...tip, draft, settlesAlone }) : [];
      });
    },
  };
}

/** The payment is in neither pool nor chain. */
export function droppedReport(order: string, chain: string, paymentId: string, reason: string): Report {
  const isPending = ({ state }: Payment): boolean => state === 'seen' || state === 'reorged';
  return vanished(order, chain, paymentId, isPending, (draft) => draft('payment.dropped', { paymentId, reason }, null));
}

/** Another transaction took its place: it can't be mined any more, or hardly. */
export function replacedReport(
  order: string,
  chain: string,
  paymentId: string,
  byTxHash: string,
  at: number | null,
): Report {
  return vanished(order, chain, paymentId, isUnmined, (draft) =>
    draft('payment.replaced', { paymentId, byTxHash }, at),
  );
}

/** A block below what was walked holds no more: what stood in it is taken back. */
export function orphanedReport(order: string, chain: string, paymentId: string, block: BlockRef): Report {
  const stoodThere = (payment: Payment): boolean => payment.block?.hash === block.hash;
  return vanished(order, chain, paymentId, stoodThere, (draft) =>
    draft('payment.reorged', { paymentId, fromBlock: block }, null),
  );
}

function vanished(
  id: string,
  chain: string,
  paymentId: string,
  from: (payment: Payment) => boolean,
  say: (draft: Draft) => EventDraft,
): Report {
  return {
    order: id,
    decide(order: Order | undefined) {
      const payment = order?.payments.find((each) => each.id === paymentId);
      return payment && from(payment) ? [say(drafter(chain, id))] : [];
    },
  };
}

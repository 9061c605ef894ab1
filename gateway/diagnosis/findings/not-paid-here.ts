/** Findings about transactions that a customer named and that show no payment to the order. */
import type { Order } from '../../../contract/order.ts';
import type { Move, NamedMovements } from '../../observations.ts';
import { amountText } from '../amount-text.ts';
import { namedText, unpaidNames } from '../unpaid-names.ts';
import type { UnpaidName } from '../unpaid-names.ts';
import { asHeld, heldFinding } from '../view.ts';
import type { Found, View } from '../view.ts';

const CODE = 'not-paid-here';
/** Of one finding; whoever names more has named the wrong ones. */
const MOST_NAMED = 3;
const MOST_MOVES = 4;
/** After a start what was known of pools has to be learnt anew; until then what was found stands. */
const LEARNING_MS = 60_000;

const nextSteps = {
  elsewhere:
    'The money went to another address, and only whoever holds that one can send it back. Ask the customer to compare it with the address of this order, and to look for another payment in their wallet.',
  pending:
    'The money is on its way to another address, and not mined yet. Ask the customer to compare that address with the one of this order, and whether their wallet can still cancel it.',
  watched:
    'It pays an address that is watched for something else: look the hash up among orders and unmatched payments, and see with the customer what the money is for.',
  contract:
    'Look this order’s address up in a block explorer, under internal transactions: coins that a contract passes on are not seen here. If there are none, ask the customer what the transaction was for.',
  nothing: 'The transaction moves no money: ask the customer for the hash of the payment itself.',
  failed: 'The transaction failed and moved nothing: ask the customer to look in their wallet, and to send it again.',
} as const;

/** What such a transaction is: only of `contract` it is not known whether it pays the order all the same. */
type Kind = Exclude<keyof typeof nextSteps, 'pending'>;

interface Elsewhere {
  readonly named: UnpaidName;
  readonly chain: string;
  readonly kind: Kind;
  readonly movements: NamedMovements;
}

export function notPaidHere(view: View): Found[] {
  const names = unpaidNames(view).filter(({ at }) => at > (view.order.resolvedAt ?? -1));
  if (names.length === 0) return [];
  const found = names.flatMap((named) => elsewhere(view, named) ?? []);
  const [first] = found;
  if (!first) return stillHeld(view, names);
  const { mined } = first.movements;
  return [
    {
      code: CODE,
      evidence: [
        ...found.slice(0, MOST_NAMED).flatMap((each) => evidenceOf(view.order, each)),
        ...whereItIsPaid(view.order, first.chain),
      ],
      nextStep: nextSteps[first.kind === 'elsewhere' && mined === null ? 'pending' : first.kind],
      facts: factsOf(view.order, first),
    },
  ];
}

/** True where a node shows what a named transaction does, and that this is nothing for the order. */
export function paysElsewhere(view: View, named: UnpaidName): boolean {
  const found = elsewhere(view, named);
  return found !== null && found.kind !== 'contract';
}

/**
 * After a restart, and when nobody looks after the transaction any more, what a block held stands; what waited in a pool
 * has to be seen there again.
 */
function stillHeld(view: View, names: readonly UnpaidName[]): Found[] {
  const held = heldFinding(view, CODE);
  const { chain = '', mined, txHash = '' } = held?.facts ?? {};
  const isMeant = names.some((named) => named.asNamed === txHash && named.chains.includes(chain));
  if (!held || !isMeant || !view.policy.watchedChains.has(chain)) return [];
  if (view.observed.movements(chain, txHash.toLowerCase()) !== undefined) return [];
  const { deadlines, observed } = view;
  return mined === 'true' || !deadlines.passed(observed.startedAt + LEARNING_MS) ? [asHeld(held, CODE)] : [];
}

function elsewhere({ observed, order }: View, named: UnpaidName): Elsewhere | null {
  for (const chain of named.chains) {
    const movements = observed.movements(chain, named.txHash);
    if (!movements) continue;
    const kind = kindOf(movements);
    // What moves nothing pays nobody, wherever the order is paid.
    const mayPay = kind !== 'failed' && kind !== 'nothing';
    return mayPay && paysOrder(order, chain, movements.moves) !== false ? null : { named, chain, kind, movements };
  }
  return null;
}

function kindOf({ failed, mayMoveMore, moves }: NamedMovements): Kind {
  if (failed) return 'failed';
  if (moves.some(({ isWatched }) => isWatched)) return 'watched';
  if (mayMoveMore) return 'contract';
  return moves.length === 0 ? 'nothing' : 'elsewhere';
}

/** Null where that cannot be said. */
function paysOrder(order: Order, chain: string, moves: readonly Move[]): boolean | null {
  const own = addressesOf(order, chain);
  return own && moves.some(({ to }) => own.has(to.toLowerCase()));
}

/**
 * Where the order can be paid on a chain and its kin, in lower case; null where that is not known whole, as of processors
 * that keep an address to themselves: nothing can be said to go elsewhere then.
 */
function addressesOf({ pay }: Order, chain: string): ReadonlySet<string> | null {
  const ways = pay.filter((option) => option.chain === null || familyOf(option.chain) === familyOf(chain));
  if (pay.length === 0 || ways.some(({ address }) => address === null)) return null;
  return new Set(ways.flatMap(({ address }) => address?.toLowerCase() ?? []));
}

/** Chains of one family write their addresses alike. */
function familyOf(chain: string): string {
  return chain.split(':')[0] ?? chain;
}

function evidenceOf(order: Order, { chain, movements, named }: Elsewhere): string[] {
  const { failed, mayMoveMore, moves } = movements;
  const left = moves.length - MOST_MOVES;
  return [
    namedText(named),
    standingText(movements),
    ...(failed ? ['it failed: nothing was moved'] : []),
    ...moves.slice(0, MOST_MOVES).map((move) => moveText(order, chain, move)),
    ...(left > 0 ? [`and ${left} more ${left === 1 ? 'transfer' : 'transfers'}`] : []),
    ...(moves.length > 1 && chain.startsWith('bip122:')
      ? ['one of these may be change that stays with the sender']
      : []),
    ...(mayMoveMore && !failed
      ? ['it runs a contract: coins that one passes on are not visible to our nodes, and may have reached this order']
      : []),
    ...(moves.length === 0 && !mayMoveMore && !failed ? ['it moves no money'] : []),
  ];
}

/** In words that stay true while confirmations are counted. */
function standingText({ mined }: NamedMovements): string {
  if (mined === null) return 'it is not mined yet';
  const { height, isSettled, settlesAt } = mined;
  const where = `it was mined in block ${height}`;
  if (settlesAt === null) {
    return `${where}, which the chain ${isSettled ? 'calls settled' : 'does not call settled yet'}`;
  }
  const confirmations = `${settlesAt} ${settlesAt === 1 ? 'confirmation' : 'confirmations'}`;
  return isSettled ? `${where}, with ${confirmations} or more` : `${where}, with fewer than ${confirmations}`;
}

function moveText(order: Order, chain: string, move: Move): string {
  const goes = `${movedText(order, chain, move)} to ${move.to}`;
  return move.isWatched ? `${goes}, which is watched for something else` : goes;
}

/** The order itself knows a coin that the configuration does not. */
function movedText({ pay }: Order, chain: string, move: Move): string {
  const { amount, asset, decimals } = move;
  const asked = decimals === null ? pay.find((option) => option.chain === chain && option.asset === asset) : undefined;
  return amountText(BigInt(amount), asked ?? move);
}

function whereItIsPaid({ pay }: Order, chain: string): string[] {
  const own = pay.filter((option) => option.chain !== null && familyOf(option.chain) === familyOf(chain));
  const addresses = [...new Set(own.flatMap(({ address }) => address ?? []))];
  return addresses.slice(0, 2).map((address) => `this order is paid to ${address}`);
}

function factsOf(order: Order, { chain, kind, movements, named }: Elsewhere): Record<string, string> {
  const { mined, moves } = movements;
  const [first] = moves;
  return {
    ...{ txHash: named.asNamed, chain, kind, mined: String(mined !== null), count: String(moves.length) },
    ...(first && { moved: movedText(order, chain, first), to: first.to }),
  };
}

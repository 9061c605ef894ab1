/**
 * What diagnosis can find, as a list that both sides know: codes stay the same, so that a renderer can say them in its
 * own language. How a finding is found is the gateway's own.
 */
import type { Finding, Flag } from './order.ts';

interface FindingKind {
  readonly severity: Finding['severity'];
  /** The flag that the order carries while the finding holds; null where the fold sets it, or there is none. */
  readonly flag: Flag | null;
}

/** By code, in the order in which they are shown. */
export const findingKinds = {
  /** What had been released was taken back by its chain. */
  'reorg-after-release': { severity: 'critical', flag: 'reorged' },
  /** Processor and chain say different things for longer than the store's policy allows. */
  'witness-conflict': { severity: 'critical', flag: 'witness-conflict' },
  /** The chain took the payment out of its block again. */
  reorged: { severity: 'critical', flag: 'reorged' },
  /** The transaction was mined and failed: nothing was paid. */
  reverted: { severity: 'warning', flag: 'reverted' },
  /** The sender put a transaction that does not pay the order in the payment's place. */
  'cancelled-by-sender': { severity: 'warning', flag: 'replaced' },
  /** Another transaction took the payment's place, such as the same with a higher fee. */
  replaced: { severity: 'info', flag: 'replaced' },
  /** Nodes had the transaction, and forgot it. */
  dropped: { severity: 'warning', flag: 'dropped' },
  /** Somebody named a transaction that no node knows. */
  'not-broadcast': { severity: 'warning', flag: null },
  /** Somebody named a transaction that shows no payment to the order. */
  'not-paid-here': { severity: 'warning', flag: null },
  /** It bids less than the next block asks, or on Bitcoin than blocks of the next hour do. */
  'fee-too-low': { severity: 'warning', flag: 'fee-too-low' },
  /** An earlier transaction of its sender is missing. */
  'nonce-gap': { severity: 'warning', flag: 'nonce-gap' },
  /** The whole amount was seen and is not confirmed enough. */
  confirming: { severity: 'info', flag: null },
  underpaid: { severity: 'warning', flag: null },
  overpaid: { severity: 'warning', flag: null },
  late: { severity: 'warning', flag: null },
  /** More than one payment, and together too much. */
  'double-payment': { severity: 'warning', flag: null },
  'paid-in-parts': { severity: 'info', flag: null },
  /** Money in an asset that was not asked for. */
  'wrong-asset': { severity: 'warning', flag: null },
  /** The asset asked for, on a chain that was not asked for. */
  'wrong-chain': { severity: 'warning', flag: null },
  /** A contract that nobody configured claims the symbol that was asked for. */
  'fake-token': { severity: 'warning', flag: null },
  'expired-unpaid': { severity: 'info', flag: null },
  /** No chain that the gateway watches would show the money. */
  'chain-not-watched': { severity: 'warning', flag: null },
  /** Only a refund of the order is known. */
  provisional: { severity: 'warning', flag: null },
  /** What is known of the order was asked for: the processor's webhook about it did not come. */
  'webhook-missing': { severity: 'info', flag: null },
  // Trouble of a line concerns many orders at once, and is an alarm of the line's own.
  'processor-down': { severity: 'info', flag: null },
  'node-down': { severity: 'info', flag: null },
  'node-behind': { severity: 'info', flag: null },
  'nodes-disagree': { severity: 'warning', flag: null },
} as const satisfies Readonly<Record<string, FindingKind>>;

export type FindingCode = keyof typeof findingKinds;
export const findingCodes = Object.keys(findingKinds) as readonly FindingCode[];

/** False for codes of a later version. */
export function isFindingCode(code: string): code is FindingCode {
  return Object.hasOwn(findingKinds, code);
}

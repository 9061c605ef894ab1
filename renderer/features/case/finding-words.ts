/** A finding in the words of the catalogue, by its code and its facts; the gateway's English is the fallback. Pure. */
import { isFindingCode } from '../../../contract/diagnosis.ts';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Finding, Order } from '../../../contract/order.ts';
import { chainName } from '../../strings/chain-name.ts';
import type { Tell } from '../../strings/known-text.ts';
import { say } from '../../strings/message.ts';
import type { Message, StringKey } from '../../strings/message.ts';
import { durationWords } from './duration-words.ts';
import { assetsText } from './evidence-words.ts';

/** Facts that a code's sentence needs, by the name each has in it. `Ms`: milliseconds, said as a duration. */
const needed = {
  'reorg-after-release': ['amount'],
  'witness-conflict': ['processor', 'node'],
  reorged: ['amount'],
  reverted: ['amount'],
  'cancelled-by-sender': ['amount'],
  replaced: ['amount'],
  dropped: ['amount'],
  'not-broadcast': [],
  'not-paid-here': ['moved', 'to'],
  'fee-too-low': ['bid', 'asked'],
  'nonce-gap': ['nonce', 'next'],
  confirming: [],
  underpaid: ['missing', 'received', 'due'],
  overpaid: ['surplus', 'received', 'due'],
  late: ['byMs'],
  'double-payment': ['count'],
  'paid-in-parts': ['count'],
  'wrong-asset': ['symbol', 'askedFor'],
  'wrong-chain': ['symbol', 'chain', 'askedFor'],
  'fake-token': ['asset', 'symbol'],
  'expired-unpaid': [],
  'chain-not-watched': ['chain'],
  provisional: [],
  'webhook-missing': ['line', 'withinMs'],
  'processor-down': ['line'],
  'node-down': ['line'],
  'node-behind': ['line'],
  'nodes-disagree': ['line'],
} as const satisfies Record<FindingCode, readonly string[]>;

/** null for a code of a later version. */
export function findingTitleWords(code: string): Message | null {
  return isFindingCode(code) ? say(`finding.${code}.title`) : null;
}

/**
 * What was found, in one sentence.
 * @returns null where there is none for its code, or a fact that it needs was left out: then its evidence says it
 */
export function findingWords({ code, facts = {} }: Finding, tell: Tell): Message | null {
  if (!isFindingCode(code)) return null;
  if (code === 'confirming') return confirmingWords(facts, tell);
  const conflict = code === 'witness-conflict' ? conflictWords(facts, tell) : null;
  if (conflict) return conflict;
  const unpaid = code === 'not-paid-here' ? notPaidHereWords(facts) : null;
  if (unpaid) return unpaid;
  const params: Record<string, string> = {};
  for (const name of needed[code]) {
    const fact = facts[name];
    if (fact === undefined) return null;
    if (!name.endsWith('Ms')) params[name] = factText(name, fact, tell);
    else if (Number.isFinite(Number(fact))) params[name.slice(0, -2)] = tell(durationWords(Number(fact)));
    else return null;
  }
  return { key: `finding.${code}.says` satisfies StringKey, params };
}

/** Chains by their names, wherever one stands. */
function factText(name: string, fact: string, tell: Tell): string {
  if (name === 'chain' || name === 'line') return chainName(fact);
  return name === 'askedFor' ? assetsText(fact, tell) : fact;
}

const processorSays = ['settled', 'paid', 'not-settled', 'cancelled', 'failed'] as const;
const nodeSays = ['reorged', 'reverted', 'replaced', 'dropped', 'gone', 'nowhere', 'deep', 'mined'] as const;

/** What both witnesses say, by code; null where the gateway told their texts alone. */
function conflictWords(facts: Readonly<Record<string, string>>, tell: Tell): Message | null {
  const { amount = '' } = facts;
  const processor = processorSays.find((each) => each === facts['processorSays']);
  const node = nodeSays.find((each) => each === facts['nodeSays']);
  if (!processor || !node) return null;
  return say('finding.witness-conflict.says', {
    processor: tell({ key: `conflict.processor.${processor}`, params: { amount } }),
    node: tell({ key: `conflict.node.${node}`, params: { amount } }),
  });
}

/** null where the plain sentence says it: one transfer, to somebody else. */
function notPaidHereWords({ count, kind, moved, to }: Readonly<Record<string, string>>): Message | null {
  if (kind === 'contract') return say('finding.not-paid-here.saysContract');
  if (kind === 'nothing') return say('finding.not-paid-here.saysNothing');
  if (kind === 'failed') return say('finding.not-paid-here.saysFailed');
  if (kind === 'watched' && moved && to) return say('finding.not-paid-here.saysWatched', { moved, to });
  return kind === 'elsewhere' && Number(count) > 1
    ? say('finding.not-paid-here.saysSeveral', { count: Number(count) })
    : null;
}

const notPaidHereNext: Readonly<Record<string, StringKey>> = {
  watched: 'finding.not-paid-here.nextWatched',
  contract: 'finding.not-paid-here.nextContract',
  nothing: 'finding.not-paid-here.nextNothing',
  failed: 'finding.not-paid-here.nextFailed',
};

function notPaidHereNextWords({ kind = '', mined }: Readonly<Record<string, string>>): Message {
  const key = Object.hasOwn(notPaidHereNext, kind) ? notPaidHereNext[kind] : undefined;
  if (key) return { key, params: {} };
  return say(mined === 'false' ? 'finding.not-paid-here.nextPending' : 'finding.not-paid-here.next');
}

/** How long it still takes is known of some chains only. */
function confirmingWords({ fromMs, toMs, mined }: Readonly<Record<string, string>>, tell: Tell): Message {
  const [from, to] = [Number(fromMs), Number(toMs)];
  if (!Number.isFinite(from) || !Number.isFinite(to)) return say('finding.confirming.says');
  const span = { from: tell(durationWords(from)), to: tell(durationWords(to)) };
  return say(mined === 'false' ? 'finding.confirming.saysUnmined' : 'finding.confirming.saysWait', span);
}

/** What to do next; null for a code of a later version. */
export function findingNextWords({ code, facts = {} }: Finding, { status }: Pick<Order, 'status'>): Message | null {
  if (!isFindingCode(code)) return null;
  if (code === 'underpaid' && status === 'awaiting') return say('finding.underpaid.nextInTime');
  if (code === 'not-paid-here') return notPaidHereNextWords(facts);
  const count = Number(facts['needed']);
  if (code === 'confirming' && Number.isInteger(count) && count > 0) {
    return say('finding.confirming.nextNeeded', { count });
  }
  return say(`finding.${code}.next`);
}

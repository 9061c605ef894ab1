/** A finding in the words of the catalogue, by its code and its facts; the gateway's English is the fallback. Pure. */
import { isFindingCode } from '../../../contract/diagnosis.ts';
import type { FindingCode } from '../../../contract/diagnosis.ts';
import type { Finding } from '../../../contract/order.ts';
import { say } from '../../strings/message.ts';
import type { Message, StringKey } from '../../strings/message.ts';
import { durationWords } from './duration-words.ts';

/** Facts that a code's sentence needs, by the name each has in it. `Ms`: milliseconds, said as a duration. */
const needed = {
  'witness-conflict': ['processor', 'node'],
  reverted: ['amount'],
  'cancelled-by-sender': ['amount'],
  dropped: ['amount'],
  'fee-too-low': ['bid', 'asked'],
  'nonce-gap': ['nonce', 'next'],
  underpaid: ['missing', 'received', 'due'],
  overpaid: ['surplus', 'received', 'due'],
  late: ['byMs'],
  'expired-unpaid': [],
  'chain-not-watched': ['chain'],
  'webhook-missing': ['line', 'withinMs'],
} as const satisfies Partial<Record<FindingCode, readonly string[]>>;

type Said = keyof typeof needed;

function isSaid(code: string): code is Said {
  return Object.hasOwn(needed, code);
}

/** null for a code of a later version. */
export function findingTitleWords(code: string): Message | null {
  return isFindingCode(code) ? say(`finding.${code}.title`) : null;
}

/**
 * What was found, in one sentence.
 * @returns null where there is none for its code, or a fact that it needs was left out: then its evidence says it
 */
export function findingWords({ code, facts = {} }: Finding, tell: (message: Message) => string): Message | null {
  if (!isSaid(code)) return null;
  const params: Record<string, string> = {};
  for (const name of needed[code]) {
    const fact = facts[name];
    if (fact === undefined) return null;
    if (!name.endsWith('Ms')) params[name] = fact;
    else if (Number.isFinite(Number(fact))) params[name.slice(0, -2)] = tell(durationWords(Number(fact)));
    else return null;
  }
  return { key: `finding.${code}.says` satisfies StringKey, params };
}

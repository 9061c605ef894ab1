/** Why an order may be meant, in the words of the catalogue by code and facts; the gateway's English is the fallback. Pure. */
import type { CandidateReason } from '../../../contract/unmatched.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { durationWords } from '../case/duration-words.ts';

/** Facts that a code's words need, as in `finding-words.ts`. */
const needed = {
  'hash-named': [],
  'own-address': [],
  memo: [],
  'same-sender': [],
  'same-amount': [],
  'missing-amount': [],
  'nearly-same-amount': ['less'],
  'part-of-amount': ['percent'],
  'more-than-amount': ['more'],
  'other-chain': ['chain'],
  'other-asset': ['asked', 'paid'],
  'fake-token': ['symbol'],
  'before-order': ['byMs'],
  'in-time': [],
  'after-expiry': ['byMs'],
  'after-grace': ['byMs'],
  'paid-already': [],
  refunded: [],
  ended: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Known = keyof typeof needed;

function isKnown(code: string): code is Known {
  return Object.hasOwn(needed, code);
}

/** @returns null for a code of a later version, and where a fact is missing: then the gateway's own text says it */
export function reasonWords({ code, facts = {} }: CandidateReason, tell: (message: Message) => string): Message | null {
  if (!isKnown(code)) return null;
  const params: Record<string, string> = {};
  for (const name of needed[code]) {
    const fact = facts[name];
    if (fact === undefined || (name.endsWith('Ms') && !Number.isFinite(Number(fact)))) return null;
    if (name.endsWith('Ms')) params[name.slice(0, -2)] = tell(durationWords(Number(fact)));
    else params[name] = fact;
  }
  return code === 'ended' && facts['status'] === 'cancelled'
    ? say('candidate.cancelled')
    : { key: `candidate.${code}`, params };
}

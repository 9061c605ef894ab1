/** An event in one plain line, by what its data says; unknown kinds and unreadable data are told generically. */
import { knownEvent } from '../../../contract/events.ts';
import type { Event, KnownEvent } from '../../../contract/events.ts';
import type { Format } from '../../strings/format.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import type { Words } from '../../strings/translate.ts';
import { noteText } from '../health/note-words.ts';
import { momentWords } from '../shell/moment-words.ts';

type Speech = Pick<Words, 't' | 'tell'> & { readonly format: Pick<Format, 'cryptoExact' | 'money' | 'number'> };

function readable(event: Event): KnownEvent | null {
  try {
    return knownEvent(event);
  } catch {
    return null;
  }
}

function wordsOf(event: KnownEvent, { t, tell, format }: Speech): Message {
  switch (event.kind) {
    case 'payment.detected': {
      const { amount, decimals, symbol } = event.data.payment;
      return say('event.payment.detected', { amount: format.cryptoExact(amount, decimals, symbol) });
    }
    case 'payment.confirmations': {
      const { confirmations, required, block } = event.data;
      return say('event.payment.confirmations', { confirmations, required, block: format.number(block.number) });
    }
    case 'payment.dropped':
    case 'payment.reverted':
      return say(`event.${event.kind}`, { reason: noteText(event.data.reason, tell) });
    case 'payment.reorged':
      return say('event.payment.reorged', { block: format.number(event.data.fromBlock.number) });
    case 'transaction.named':
      return say('event.transaction.named', { hash: event.data.txHash });
    case 'refund.requested':
    case 'refund.completed':
      return say(`event.${event.kind}`, { amount: format.money(event.data.currency, event.data.amount) });
    case 'verdict.changed':
      return say('event.verdict.changed', { verdict: t(`verdict.${event.data.verdict}`) });
    case 'note.added':
      return say('event.note.added', { text: event.data.text });
    case 'case.unclaimed':
      return event.data.to === undefined
        ? momentWords(event.kind)
        : say('event.case.unclaimedTo', { name: event.data.to });
    case 'case.resolved':
      return say('event.case.resolved', { reason: event.data.reason });
    default:
      return momentWords(event.kind);
  }
}

export function eventWords(event: Event, speech: Speech): Message {
  const known = readable(event);
  return known ? wordsOf(known, speech) : momentWords(event.kind);
}

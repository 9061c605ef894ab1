import type { Event } from '../../../../../contract/events.ts';
import { fold } from '../../../../../contract/fold.ts';
import type { Order } from '../../../../../contract/order.ts';
import { created } from '../../../../support/scripted-gateway/drafts.ts';
import type { Draft } from '../../../../support/scripted-gateway/scripted-gateway.ts';

export const EPOCH = 'epoch-1';

export function eventOf(seq: number, draft: Draft): Event {
  const id = `00000000-0000-4000-8000-${String(seq).padStart(12, '0')}`;
  const at = { occurred: null, sent: null, received: 1_790_000_000_000 + seq };
  return { seq, id, epoch: EPOCH, store: 'main', source: 'shop', at, ...draft };
}

export function orderOf(id: string, seq = 1, more: object = {}): Order {
  return fold(undefined, eventOf(seq, created(id, more)))!;
}

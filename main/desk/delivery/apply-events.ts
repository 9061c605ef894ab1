/** Arrivals in seq order → what changes in a store. Pure: the book then records it, and only then takes it over. */
import { z } from 'zod';
import type { Event } from '../../../contract/events.ts';
import { fold } from '../../../contract/fold.ts';
import { foldUnmatched, unmatchedEvent, unmatchedId } from '../../../contract/fold-unmatched.ts';
import type { Order } from '../../../contract/order.ts';
import { sourceStateSchema } from '../../../contract/source-state.ts';
import type { SourceState } from '../../../contract/source-state.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import type { ArrivedEvent, Quarantined, StoreChange } from '../journal/journal.ts';
import type { Arrival } from './check-event.ts';

/** One arrival whose turn it is. */
export interface Due {
  readonly seq: number;
  readonly arrival: Arrival;
  readonly emittedAt: number;
  readonly arrivedAt: number;
}

export interface Applied extends Pick<StoreChange, 'quarantine'> {
  readonly events: ArrivedEvent[];
  readonly orders: Map<string, Order>;
  readonly sources: Map<string, SourceState>;
  readonly unmatched: Map<string, UnmatchedPayment>;
  /** Orders to be fetched, because an event of theirs could not be read or their beginning is not known here. */
  readonly incomplete: Set<string>;
}

/** What a store holds before its arrivals. */
export interface Holdings {
  readonly orders: ReadonlyMap<string, Order>;
  readonly unmatched: ReadonlyMap<string, UnmatchedPayment>;
}

export function applyEvents(held: Holdings, dues: readonly Due[]): Applied {
  const quarantine: Quarantined[] = [];
  const applied: Applied = {
    ...{ events: [], orders: new Map(), sources: new Map(), unmatched: new Map(), incomplete: new Set() },
    quarantine,
  };
  for (const { seq, arrival, emittedAt, arrivedAt } of dues) {
    const fault = arrival.ok ? applyOne(applied, held, arrival.event) : arrival.reason;
    const order = arrival.ok ? arrival.event.order : arrival.order;
    if (fault === null && arrival.ok) applied.events.push({ event: arrival.event, emittedAt, arrivedAt });
    if (fault === null) continue;
    quarantine.push(setAside({ seq, arrival, arrivedAt }, fault));
    if (order !== null) applied.incomplete.add(order);
  }
  return applied;
}

/** What is noted of an event that is not applied. @param fault why */
export function setAside({ seq, arrival, arrivedAt }: Omit<Due, 'emittedAt'>, fault: string): Quarantined {
  const { id, order, kind } = arrival.ok ? arrival.event : arrival;
  return { seq, id, order, kind, reason: fault, receivedAt: arrivedAt };
}

/** @returns why the event cannot be applied, null when it was */
function applyOne(applied: Applied, held: Holdings, event: Event): string | null {
  try {
    if (event.kind === 'source.state') {
      const source = sourceStateSchema.parse(event.data);
      applied.sources.set(source.id, source);
    }
    applyUnmatched(applied, held.unmatched, event);
    if (event.order === null) return null;
    const before = applied.orders.get(event.order) ?? held.orders.get(event.order);
    const after = fold(before, event);
    if (after === undefined) applied.incomplete.add(event.order);
    else if (after !== before) applied.orders.set(event.order, after);
    return null;
  } catch (error) {
    if (error instanceof z.ZodError)
      return `data ${error.issues.map(({ path }) => path.join('.')).join(', ')}`.slice(0, 200);
    return error instanceof Error ? error.message.slice(0, 200) : 'unknown';
  }
}

function applyUnmatched(applied: Applied, held: ReadonlyMap<string, UnmatchedPayment>, event: Event): void {
  const about = unmatchedEvent(event);
  if (!about) return;
  const id = unmatchedId(about);
  const before = applied.unmatched.get(id) ?? held.get(id);
  const after = foldUnmatched(before, about);
  if (after && after !== before) applied.unmatched.set(id, after);
}

import { stripVTControlCharacters } from 'node:util';
import type { Event } from '../../contract/events.ts';
import type { Order } from '../../contract/order.ts';
import { eventAmount } from './event-amount.ts';
import type { FollowState } from './follow-store.ts';

/** An event that came, and what is known around it. */
export interface Heard {
  readonly event: Event;
  readonly order: Order | undefined;
  /** From the gateway's receipt of it until it was here, milliseconds. */
  readonly latencyMs: number;
}

export interface Printer {
  event(heard: Heard): void;
  state(state: FollowState): void;
  /** A log that could not be followed was begun anew. */
  picture(why: string): void;
}

export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Device time, epoch milliseconds. */
  readonly now: () => number;
}

/** One line an event on `out`, what is to be known beside it on `err`. */
export function wordPrinter({ out, err, now }: Streams): Printer {
  let since: number | null = null;
  let told = 0;
  return {
    event: (heard) => {
      told += 1;
      out(eventWords(heard));
    },
    picture: (why) => err(`-- the log could not be followed (${why}): what happened meanwhile may be missing here`),
    state: (state) => {
      if (state.state === 'current') {
        const away = since === null ? '' : ` (${counted(told)} while it was not)`;
        err(`-- current: everything up to #${state.seq} is shown${away}`);
        since = null;
      } else if (state.state === 'waiting') {
        if (since === null) told = 0;
        since ??= now();
        const next = `next try in ${(state.retryInMs / 1000).toFixed(1)} s`;
        err(`-- NOT CURRENT since ${clockTime(since)}: ${plain(state.error.message)} ${next}`);
      } else if (state.state === 'catching-up') err(`-- catching up: ${counted(state.behind)}`);
    },
  };
}

/** Every line one JSON object; who the customer is stays out of what may well become a file. */
export function jsonPrinter({ out, now }: Streams): Printer {
  const print = (line: object): void => out(JSON.stringify(line));
  return {
    event: ({ event, order, latencyMs }) => {
      const reference = order?.reference ?? null;
      out(JSON.stringify({ line: 'event', reference, latencyMs, ...event }, withoutCustomer));
    },
    picture: (reason) => print({ line: 'state', at: now(), state: 'picture', reason }),
    state: (state) => {
      if (state.state !== 'waiting') print({ line: 'state', at: now(), ...state });
      else {
        const { code, message } = state.error;
        print({ line: 'state', at: now(), state: 'waiting', code, message, retryInMs: state.retryInMs });
      }
    },
  };
}

function eventWords({ event, order, latencyMs }: Heard): string {
  const reference = order?.reference ?? event.order ?? '-';
  const columns = [plain(reference).padEnd(16), event.kind.padEnd(22), eventAmount(event, order).padStart(18)];
  return `${clockTime(event.at.received)}  ${plain(columns.join('  '))}  ${latencyMs} ms`;
}

function counted(events: number): string {
  return events === 1 ? '1 event' : `${events} events`;
}

/** hh:mm:ss.mmm of this device's time zone. */
function clockTime(at: number): string {
  const date = new Date(at);
  const [hours, minutes, seconds] = [date.getHours(), date.getMinutes(), date.getSeconds()].map((n) => pad(n, 2));
  return `${hours}:${minutes}:${seconds}.${pad(date.getMilliseconds(), 3)}`;
}

function pad(n: number, width: number): string {
  return String(n).padStart(width, '0');
}

/** What a shop or a gateway wrote must not reach the terminal as control sequences. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '�');
}

function withoutCustomer(key: string, value: unknown): unknown {
  return key === 'customer' ? undefined : value;
}

import type { Event } from '../../../../contract/events.ts';
import type { EventsMessage } from '../../../../contract/protocol.ts';
import type { Random } from '../../../../demo/clock/random.ts';
import type { Meddle } from '../../fault-proxy/message-tap.ts';
import type { Drawn, Fault } from '../fault.ts';
import { bloated, poisonNames, poisoned } from '../poison.ts';
import type { Stage } from '../stage.ts';

function meddling(detail: string, meddle: (stage: Stage) => Meddle): Drawn {
  return {
    detail,
    begin: (stage) => {
      const { meddling: tap } = stage.interposer;
      tap.events = meddle(stage);
      return () => void (tap.events = null);
    },
  };
}

/** The message with other events, each already JSON. */
function withEvents({ events: _, ...rest }: EventsMessage, events: readonly string[]): string {
  return `${JSON.stringify(rest).slice(0, -1)},"events":[${events.join(',')}]}`;
}

function jsonOf(message: EventsMessage): string[] {
  return message.events.map((event) => JSON.stringify(event));
}

function duplicate(random: Random): Drawn {
  const whole = random.chance(0.5);
  return meddling(whole ? 'whole messages' : 'within a message', () => (message) => {
    if (!random.chance(0.5)) return [JSON.stringify(message)];
    if (whole) return [JSON.stringify(message), JSON.stringify(message)];
    return [
      withEvents(
        message,
        jsonOf(message).flatMap((event) => [event, event]),
      ),
    ];
  });
}

function reorder(random: Random): Drawn {
  const whole = random.chance(0.5);
  let held: string | null = null;
  return meddling(whole ? 'one message behind the next' : 'within a message', () => (message) => {
    if (!whole) return [withEvents(message, jsonOf(message).reverse())];
    const json = JSON.stringify(message);
    if (held !== null) {
      const late = held;
      held = null;
      return [json, late];
    }
    if (!random.chance(0.4)) return [json];
    held = json;
    return [];
  });
}

function drop(random: Random): Drawn {
  const whole = random.chance(0.5);
  return meddling(whole ? 'whole messages' : 'single events', () => (message) => {
    if (!whole)
      return [
        withEvents(
          message,
          jsonOf(message).filter(() => !random.chance(0.3)),
        ),
      ];
    return random.chance(0.3) ? [] : [JSON.stringify(message)];
  });
}

/** Replaces some events; the history is told which orders that concerns. */
function replacing(chosen: () => boolean, replace: (event: Event) => string): (stage: Stage) => Meddle {
  return ({ history }) =>
    (message) => {
      const events = (message.events as Event[]).map((event) => {
        if (!chosen()) return JSON.stringify(event);
        history.add({ type: 'poisoned', order: event.order, seq: event.seq });
        return replace(event);
      });
      return [withEvents(message, events)];
    };
}

/** The way of an event meddled with. */
export const eventFaults: readonly Fault[] = [
  { number: 19, title: 'duplicate event', needs: ['events'], draw: duplicate },
  { number: 20, title: 'reordered events', needs: ['events'], draw: reorder },
  { number: 21, title: 'missing event', needs: ['events'], draw: drop },
  {
    number: 22,
    title: 'poison event',
    needs: ['events'],
    draw: (random) => {
      const name = random.pick(poisonNames());
      return meddling(
        name,
        replacing(
          () => random.chance(0.3),
          (event) => poisoned(event, name),
        ),
      );
    },
  },
  {
    number: 23,
    title: '10 MB payload',
    needs: ['events'],
    draw: (random) => {
      let left = 1;
      const once = (): boolean => (left -= 1) >= 0;
      return meddling(
        'one event of 10 MB',
        replacing(once, (event) => bloated(event, random)),
      );
    },
  },
];

import { expect, test } from 'vitest';
import type { Event } from '../../../../contract/events.ts';
import type { EventsFrame } from '../../../../gateway/delivery/desk/events-frame.ts';
import { FLOW } from '../../../../gateway/delivery/desk/flow-window.ts';
import { Subscription } from '../../../../gateway/delivery/desk/subscription.ts';
import { EventFeed } from '../../../../gateway/delivery/event-feed.ts';
import type { CommittedListener, EventLog, Head } from '../../../../gateway/store/event-log.ts';
import { StoredEvent } from '../../../../gateway/store/stored-event.ts';

/** A log in memory that can be begun anew while somebody reads it. */
class MemoryLog implements Pick<EventLog, 'head' | 'read' | 'onCommitted'> {
  epoch = 'first';
  stored: StoredEvent[] = [];
  listener: CommittedListener = () => undefined;
  /** What happens while a read is under way. */
  meanwhile: () => void = () => undefined;

  head(): Head {
    return { epoch: this.epoch, seq: this.stored.length, floor: 0 };
  }

  async read(_store: string, after: number): Promise<StoredEvent[]> {
    this.meanwhile();
    return this.stored.slice(after);
  }

  onCommitted(listener: CommittedListener): () => void {
    this.listener = listener;
    return () => undefined;
  }

  append(): void {
    const seq = this.stored.length + 1;
    const event = { seq, epoch: this.epoch, store: 'main' } as Event;
    this.stored.push(new StoredEvent(seq, JSON.stringify(event)));
    this.listener('main', this.stored.slice(-1));
  }

  restore(keep: number): void {
    this.epoch = 'second';
    this.stored = this.stored.slice(0, keep);
  }
}

function subscribed(log: MemoryLog, after: number): { sent: EventsFrame[]; subscription: Subscription } {
  const sent: EventsFrame[] = [];
  const subscription = new Subscription({
    ...{ store: 'main', epoch: log.epoch, after, flow: FLOW, now: () => 1, elapsed: () => 1 },
    feed: new EventFeed(log as unknown as EventLog),
    send: (frame, confirm) => {
      sent.push(frame);
      confirm({ seq: frame.events.length });
    },
    onStalled: () => expect.unreachable(),
    onFailed: (error) => expect.unreachable(String(error)),
  });
  return { sent, subscription };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('[DL1][DL5] of a log begun anew nothing is sent under the epoch of the one before', async () => {
  const log = new MemoryLog();
  log.append();
  const { sent, subscription } = subscribed(log, 0);
  subscription.pump();
  await turn();
  expect(sent.map(({ epoch, events }) => [epoch, events.length])).toEqual([['first', 1]]);
  log.restore(1);
  log.append();
  await turn();
  expect(sent).toHaveLength(1);
});

test('[DL1][DL5] nor what was being read when it began', async () => {
  const log = new MemoryLog();
  for (let n = 0; n < 3; n += 1) log.append();
  const { sent, subscription } = subscribed(log, 0);
  log.meanwhile = () => {
    log.restore(1);
    log.append();
  };
  subscription.pump();
  await turn();
  expect(sent).toEqual([]);
});

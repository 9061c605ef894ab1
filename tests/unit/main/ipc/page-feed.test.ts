import { describe, expect, it } from 'vitest';
import { PageFeed } from '../../../../main/ipc/page-feed.ts';
import type { FeedWire } from '../../../../main/ipc/page-feed.ts';
import { FakeDesk } from '../../../support/browser-host/fake-desk.ts';

/** A socket whose reader takes nothing until it is told to. */
class SlowWire implements FeedWire {
  readonly sent: string[] = [];
  waiting: { bytes: number; written: () => void }[] = [];
  terminated = false;
  stall: (() => void) | null = null;
  send(text: string, written: () => void): void {
    this.sent.push(text);
    this.waiting.push({ bytes: text.length, written });
  }
  buffered(): number {
    return this.waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  terminate(): void {
    this.terminated = true;
  }
  after(_delayMs: number, run: () => void): () => void {
    this.stall = run;
    return () => (this.stall = null);
  }
  read(count = this.waiting.length): void {
    for (let n = 0; n < count; n += 1) this.waiting.shift()?.written();
  }
}

const limits = { highBytes: 3_000, lowBytes: 500, stallMs: 30_000 };
const notice = { name: 'desk.notice', payload: { kind: 'caught-up', events: 1 } } as const;

function fed() {
  const desk = new FakeDesk();
  const wire = new SlowWire();
  const feed = new PageFeed(desk, wire, limits);
  feed.start();
  wire.read();
  return { desk, wire, feed };
}

describe("a page's feed", () => {
  it('passes pushes on in order', () => {
    const { desk, wire } = fed();
    desk.push(notice);
    expect(wire.sent.map((text) => (JSON.parse(text) as { push: string }).push)).toEqual(['desk.state', 'desk.notice']);
  });

  it('takes a page off that reads too slowly, and gives it a new picture once it has read', () => {
    const { desk, wire } = fed();
    for (let n = 0; n < 200; n += 1) desk.push(notice);
    expect(desk.attached.size).toBe(0);
    expect(wire.buffered()).toBeLessThan(2 * limits.highBytes);
    wire.read(wire.waiting.length - 2);
    expect(desk.attached.size).toBe(1);
    expect(desk.attachments).toBe(2);
    expect(wire.stall).toBeNull();
    expect(wire.sent.at(-1)).toContain('desk.state');
  });

  it('lets a page go that reads nothing at all', () => {
    const { desk, wire } = fed();
    for (let n = 0; n < 200; n += 1) desk.push(notice);
    expect(wire.terminated).toBe(false);
    wire.stall?.();
    expect(wire.terminated).toBe(true);
  });

  it('stands a picture that is too much at once', () => {
    const desk = new FakeDesk();
    const wire = new SlowWire();
    const feed = new PageFeed(desk, wire, { ...limits, highBytes: 10 });
    feed.start();
    expect(desk.attached.size).toBe(0);
    feed.close();
    expect(wire.stall).toBeNull();
  });

  it('starts anew when asked twice, and ends with close', () => {
    const { desk, wire, feed } = fed();
    feed.start();
    expect(desk.attached.size).toBe(1);
    expect(desk.attachments).toBe(2);
    feed.close();
    expect(desk.attached.size).toBe(0);
    feed.start();
    wire.read();
    expect(desk.attached.size).toBe(0);
  });
});

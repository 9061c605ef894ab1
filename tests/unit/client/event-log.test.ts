import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { EventLog } from '../../../client/event-log.ts';
import { GatewayError } from '../../../client/gateway-error.ts';
import { matching } from '../../../client/matching.ts';

const event = (seq: number, kind = 'x') => ({ seq, kind, data: {} }) as Event;
const x = matching({ kind: 'x' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting', () => {
  test('finds what came before, and what still comes, and leaves no timer', async () => {
    const log = new EventLog(10);
    log.add(event(1));
    await expect(log.wait(x, 50)).resolves.toMatchObject({ seq: 1 });
    const later = [log.wait(matching({ kind: 'y' }), 50), log.wait(matching({ kind: ['y', 'z'] }), 50)];
    log.add(event(2, 'y'));
    expect((await Promise.all(later)).map(({ seq }) => seq)).toEqual([2, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('ends in time', async () => {
    const waiting = new EventLog(10).wait(x, 50);
    const failed = expect(waiting).rejects.toMatchObject({ name: 'WaitTimeout', code: 'timeout' });
    await vi.advanceTimersByTimeAsync(50);
    await failed;
  });

  test('ends with the connection, then and later; what came before is still found', async () => {
    const log = new EventLog(10);
    log.add(event(1));
    const waiting = log.wait(matching({ kind: 'y' }), 50);
    log.end(new GatewayError('revoked', 'gone'));
    log.end(new GatewayError('ended', 'closed'));
    await expect(waiting).rejects.toMatchObject({ code: 'revoked' });
    await expect(log.wait(matching({ kind: 'y' }), 50)).rejects.toMatchObject({ code: 'revoked' });
    await expect(log.wait(x, 50)).resolves.toMatchObject({ seq: 1 });
  });

  test('survives a condition that throws', async () => {
    const log = new EventLog(10);
    const waiting = log.wait(matching({ where: ({ data }) => (data['a'] as { b: number }).b === 1 }), 50);
    log.add(event(1));
    log.add({ ...event(2), data: { a: { b: 1 } } });
    await expect(waiting).resolves.toMatchObject({ seq: 2 });
  });

  test.each([
    [2, [2, 3]],
    [0, []],
  ])('keeping %s events', (most, kept) => {
    const log = new EventLog(most);
    for (const seq of [1, 2, 3]) log.add(event(seq));
    expect(log.events.map(({ seq }) => seq)).toEqual(kept);
  });
});

import { describe, expect, it, vi } from 'vitest';
import type { ReplayPicture } from '../../../../contract/history.ts';
import type { Order } from '../../../../contract/order.ts';
import { fieldOf, momentOf } from '../../../../renderer/features/replay/device-time.ts';
import { pastDesk } from '../../../../renderer/features/replay/past-desk.ts';
import { ORDERS_MOST, readPicture } from '../../../../renderer/features/replay/past-picture.ts';
import type { ReadReplay } from '../../../../renderer/features/replay/past-picture.ts';
import { DeskStore } from '../../../../renderer/store/desk-store.ts';
import { asOfStanding, standingOf } from '../../../../renderer/store/standing.ts';
import { everyState } from '../../../support/fake-bridge/sample-orders.ts';
import { busyDesk } from '../../../support/fake-bridge/scenario.ts';

const at = 1_795_000_000_000;

/** Answers in pages of `size`, as the desk does. */
function pagesOf(orders: readonly Order[], size: number, complete = true) {
  return vi.fn<ReadReplay>(({ cursor }) => {
    const from = Number(cursor ?? 0);
    const next = from + size < orders.length ? String(from + size) : null;
    const page: ReplayPicture = {
      orders: orders.slice(from, from + size),
      next,
      at,
      seq: 7,
      total: orders.length,
      complete,
    };
    return Promise.resolve(page);
  });
}

describe('a picture of the past', () => {
  const orders = everyState(at);

  it('is read to its last page', async () => {
    const read = pagesOf(orders, 5);
    const picture = await readPicture(read, 'main', at, () => true);
    expect(picture.orders.map(({ id }) => id)).toEqual(orders.map(({ id }) => id));
    expect(picture).toMatchObject({ store: 'main', at, seq: 7, total: orders.length, complete: true });
    expect(read.mock.calls.at(-1)?.[0]).toMatchObject({ store: 'main', at });
  });

  it('is not read on once somebody wants another moment', async () => {
    const read = pagesOf(orders, 5);
    await readPicture(read, 'main', at, () => read.mock.calls.length < 2);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('stops where a screen has enough, and knows how many there are', async () => {
    const many = Array.from({ length: ORDERS_MOST + 600 }, (_, n) => ({ ...orders[0]!, id: `o${n}` }));
    const picture = await readPicture(pagesOf(many, 500), 'main', at, () => true);
    expect(picture.orders).toHaveLength(ORDERS_MOST);
    expect(picture.total).toBe(ORDERS_MOST + 600);
  });
});

describe('[FR4] [FR6] a desk as it was', () => {
  it('shows that moment’s orders, and is never current', () => {
    const scenario = busyDesk(at + 60_000, { state: 'live', since: at });
    const now = new DeskStore(() => at + 60_000);
    now.takeLink({ state: 'open' });
    now.takeState(scenario.state);
    for (const push of scenario.orders) now.takeOrders(push);
    const shown = everyState(at).slice(0, 3);
    const past = pastDesk({ store: 'main', at, seq: 7, total: 3, complete: true, orders: shown }, now.api.getState());
    const model = past.api.getState();
    expect([...model.orders.values()].map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
    expect(model.queue).toHaveLength(3);
    expect(model.complete).toBe(true);
    expect(asOfStanding(standingOf(model))).toBe(at);
    expect(now.api.getState().desk?.current).toBe(true);
    expect(now.api.getState().orders.size).toBeGreaterThan(3);
  });
});

describe('a moment in a field', () => {
  it('goes there and back to the second', () => {
    for (const each of [at, at + 59_000, 0, Date.UTC(2026, 1, 28, 23, 59, 59)]) {
      expect(momentOf(fieldOf(each))).toBe(each - (each % 1000));
    }
  });

  it.each(['', 'now', '2026-11-21', '2026-13-41T99:99', '2026-11-21T14:03:05Z; x'])('is none in "%s"', (field) => {
    expect(momentOf(field)).toBeNull();
  });
});

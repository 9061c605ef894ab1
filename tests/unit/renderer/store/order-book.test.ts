import { describe, expect, it } from 'vitest';
import type { OrdersPush } from '../../../../contract/ipc.ts';
import type { Order } from '../../../../contract/order.ts';
import { applyOrders, createOrderBook } from '../../../../renderer/store/order-book.ts';
import { sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const order = (id: string, updatedSeq: number): Order => sampleOrder(1, NOW, { id, updatedSeq });
const push = (changes: Partial<OrdersPush>): OrdersPush => ({
  ...{ store: 'main', reset: false, complete: true, orders: [], removed: [], seq: 1 },
  ...changes,
});

describe('order book', () => {
  it('shows the first picture row by row as it comes, and is whole with its last page', () => {
    const book = createOrderBook();
    applyOrders(book, push({ reset: true, complete: false, orders: [order('a', 1)] }));
    expect([...book.orders.keys()]).toEqual(['a']);
    expect(book.complete).toBe(false);
    applyOrders(book, push({ orders: [order('b', 2)] }));
    expect([...book.orders.keys()]).toEqual(['a', 'b']);
    expect(book.complete).toBe(true);
  });

  it('keeps what is shown until a new picture is whole, then tells exactly what differs', () => {
    const book = createOrderBook();
    applyOrders(book, push({ reset: true, orders: [order('a', 5), order('b', 6)] }));
    const first = applyOrders(book, push({ reset: true, complete: false, orders: [order('c', 1)] }));
    expect(first.size).toBe(0);
    expect([...book.orders.keys()]).toEqual(['a', 'b']);
    expect(book.complete).toBe(false);
    const changes = applyOrders(book, push({ orders: [order('b', 2)] }));
    expect(Object.fromEntries([...changes].map(([key, each]) => [key, each?.updatedSeq ?? null]))).toEqual({
      'main/a': null,
      'main/c': 1,
      'main/b': 2,
    });
    expect(book.orders.get('b')?.updatedSeq).toBe(2);
    expect(book.complete).toBe(true);
  });

  it('ignores an order older than the one shown, and drops what was removed', () => {
    const book = createOrderBook();
    applyOrders(book, push({ reset: true, orders: [order('a', 5), order('b', 5)] }));
    expect(applyOrders(book, push({ orders: [order('a', 4)] })).size).toBe(0);
    expect(book.orders.get('a')?.updatedSeq).toBe(5);
    expect([...applyOrders(book, push({ removed: ['b', 'never-there'] }))]).toEqual([['main/b', null]]);
  });

  it('starts over when one new picture is overtaken by another', () => {
    const book = createOrderBook();
    applyOrders(book, push({ reset: true, orders: [order('a', 5)] }));
    applyOrders(book, push({ reset: true, complete: false, orders: [order('x', 1)] }));
    applyOrders(book, push({ reset: true, complete: false, orders: [order('y', 1)] }));
    applyOrders(book, push({}));
    expect([...book.orders.keys()]).toEqual(['y']);
  });
});

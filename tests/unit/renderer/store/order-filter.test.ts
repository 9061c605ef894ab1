import { describe, expect, it } from 'vitest';
import { everything, filterOf } from '../../../../renderer/store/order-filter.ts';
import type { OrderFilter } from '../../../../renderer/store/order-filter.ts';
import { sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const plain = sampleOrder(7, NOW, { price: { currency: 'USD', amount: '19.99' } });
const payment = samplePayment(plain, 7, { amount: '8000000000000000' });
const order = { ...plain, payments: [payment] };
const passes = (filter: Partial<OrderFilter>) => filterOf({ ...everything, ...filter }, new WeakMap())?.(order) ?? true;

describe('filters of the queue', () => {
  it('looks at nothing when everything is shown', () => {
    expect(filterOf(everything, new WeakMap())).toBeNull();
    expect(filterOf({ ...everything, text: '   ' }, new WeakMap())).toBeNull();
  });

  it.each([
    ['reference', 'a-1007'],
    ['order id', order.id],
    ['id at the source', order.sourceRef],
    ['transaction hash', payment.txHash ?? ''],
    ['start of a hash in capitals', (payment.txHash ?? '').slice(0, 12).toUpperCase()],
    ['address', order.pay[0]?.address ?? ''],
    ['sender', payment.from ?? ''],
    ['price', '19.99'],
    ['price as people write it', '$19.99'],
    ['reference as people write it', '#A-1007'],
    ['crypto amount', '0.008'],
    ['base units', '8000000000000000'],
    ['customer', 'ferreira'],
    ['e-mail', 'customer7@'],
    ['several words, in any order', 'eth ines'],
  ])('finds an order by its %s', (_, text) => {
    expect(passes({ text })).toBe(true);
  });

  it('finds nothing by what is not there, and needs every word', () => {
    expect(passes({ text: 'A-1008' })).toBe(false);
    expect(passes({ text: 'ines nobody' })).toBe(false);
  });

  it('takes for mine what this desk is on, and what was left to it by name', () => {
    const self = { id: 'desk_1', name: 'Back office' };
    const mine = filterOf({ ...everything, status: 'mine' }, new WeakMap(), self);
    expect(mine?.(order)).toBe(false);
    expect(mine?.({ ...order, claimedBy: { deskId: 'desk_1', name: 'Back office' } })).toBe(true);
    expect(mine?.({ ...order, claimedBy: { deskId: 'desk_2', name: 'Ana' } })).toBe(false);
    expect(mine?.({ ...order, handedTo: { name: 'back office', at: NOW } })).toBe(true);
    expect(filterOf({ ...everything, status: 'mine' }, new WeakMap())?.(order)).toBe(false);
  });

  it('finds a case by who is on it, and by whom it was left to', () => {
    const found = (text: string, changes: object) =>
      filterOf({ ...everything, text }, new WeakMap())?.({ ...order, ...changes });
    expect(found('maria', { handedTo: { name: 'Maria', at: NOW } })).toBe(true);
    expect(found('ana', { claimedBy: { deskId: 'desk_2', name: 'Ana' } })).toBe(true);
    expect(found('ana', {})).toBe(false);
  });

  it('filters by status, source and store', () => {
    expect(passes({ status: 'waiting' })).toBe(true);
    expect(passes({ status: 'paid' })).toBe(false);
    expect(passes({ source: order.source })).toBe(true);
    expect(passes({ source: 'other' })).toBe(false);
    expect(passes({ store: 'main' })).toBe(true);
    expect(passes({ store: 'other' })).toBe(false);
  });
});

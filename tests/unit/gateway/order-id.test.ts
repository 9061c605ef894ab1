import { expect, test } from 'vitest';
import { orderId } from '../../../gateway/order-id.ts';

test('an order keeps its id for ever: it follows from store, source and what the source calls it', () => {
  expect(orderId('main', 'cdc', 'pay-1')).toBe('ord_hytnsfrxgucl3c7uwsyjmxiy4p');
  expect(orderId('store-2', 'btcpay', 'inv')).toBe('ord_asu5fa2okflqfypud46vp2jbdr');
});

test('ids are 26 characters of base32, and tell apart what only seems alike', () => {
  const ids = Array.from({ length: 500 }, (_, n) => orderId('main', 'cdc', `pay-${n}`));
  expect(ids.filter((id) => !/^ord_[a-h][a-z2-7]{25}$/.test(id))).toEqual([]);
  expect(new Set([...ids, orderId('main', 'cd', 'c'), orderId('main', 'c', 'dc')]).size).toBe(502);
});

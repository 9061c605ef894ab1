import { expect, test } from 'vitest';
import { customerTerms, normalTerm, searchTerms } from '../../../../gateway/store/search-terms.ts';
import type { Order } from '../../../../contract/order.ts';

test('an order is found by everything a person may hold in hand', () => {
  const order = {
    id: 'ord_1',
    reference: 'A-1041',
    sourceRef: 'SRC',
    price: { currency: 'USD', amount: '19.99' },
    pay: [{ chain: null, asset: 'eth', symbol: 'ETH', decimals: 18, address: '0xAB', amount: '8000000000000000' }],
    payments: [{ txHash: '0xCD', from: '0xEF', to: '0xAB', amount: '5', decimals: null }],
  } as unknown as Order;
  expect([...searchTerms(order)].sort()).toEqual(
    ['0xab', '0xcd', '0xef', '0.008', '19.99', '5', '8000000000000000', 'a-1041', 'ord_1', 'src'].sort(),
  );
});

test('a customer is found by name, by each word of it, and by e-mail', () => {
  const terms = customerTerms({ name: 'Ada  King', email: 'ADA@example.org' });
  expect([...terms]).toEqual(['ada  king', 'ada', 'king', 'ada@example.org']);
  expect([...customerTerms({})]).toEqual([]);
  expect(normalTerm(` ${'X'.repeat(300)} `)).toBe('x'.repeat(256));
});

import { expect, test } from 'vitest';
import type { Order } from '../../../contract/order.ts';
import { searchQuery } from '../../../contract/search-query.ts';
import { customerTerms, orderMatches, orderTerms, unmatchedMatches } from '../../../contract/search-terms.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';

const order = {
  id: 'ord_1',
  reference: 'A-1041',
  sourceRef: 'SRC',
  price: { currency: 'USD', amount: '19.90' },
  pay: [{ chain: null, asset: 'eth', symbol: 'ETH', decimals: 18, address: '0xAB', amount: '8000000000000000' }],
  payments: [
    {
      txHash: '0xCD',
      from: '0xEF',
      to: '0xAB',
      amount: '5',
      decimals: null,
      symbol: 'X',
      memo: 'tag 7',
      seenAt: 2_000_000,
    },
  ],
  namedTransactions: [{ chain: null, txHash: '0xFE', at: 1 }],
  createdAt: 1_000_000,
} as unknown as Order;
const query = (text: string) => searchQuery(text, { timeZone: 'UTC', now: 3_000_000 });

test('an order is found by everything a person may hold in hand', () => {
  const terms = new Set(orderTerms(order).map(({ term }) => term));
  expect([...terms].sort()).toEqual(
    [
      '0xab',
      '0xcd',
      '0xef',
      '0xfe',
      '0.008 eth',
      '19.9 usd',
      '5',
      '8000000000000000',
      'a-1041',
      'ord_1',
      'src',
      'tag 7',
    ].sort(),
  );
});

test('a customer is found by name, by each word of it, and by e-mail', () => {
  const terms = customerTerms({ name: 'Ada  King', email: 'ADA@example.org' }).map(({ term }) => term);
  expect(terms).toEqual(['ada  king', 'ada', 'king', 'ada@example.org']);
  expect(customerTerms({})).toEqual([]);
});

test.each([
  ['a-10', 'reference', 'A-1041'],
  ['ORD_1', 'id', 'ord_1'],
  ['0xcd', 'transaction', '0xCD'],
  ['0xfe', 'transaction', '0xFE'],
  ['0xEF', 'sender', '0xEF'],
  ['0xab', 'address', '0xAB'],
  ['$19.90', 'amount', '19.9 USD'],
  ['0.008', 'amount', '0.008 ETH'],
  ['tag', 'memo', 'tag 7'],
])('%s answers by its %s', (text, field, value) => {
  expect(orderMatches(order, query(text))).toEqual([{ order: 'ord_1', field, value }]);
});

test('a time answers where something happened near it', () => {
  expect(orderMatches(order, query('1970-01-01T00:16'))).toMatchObject([
    { field: 'time', value: '1970-01-01T00:16:40.000Z' },
  ]);
  expect(orderMatches(order, query('1970-01-01T03:00'))).toEqual([]);
});

test('[AU4] a customer answers only where the order carries one', () => {
  const customer = { name: 'Ada King', email: 'ada@example.org' };
  expect(orderMatches(order, query('ADA@'))).toEqual([]);
  expect(orderMatches({ ...order, customer }, query('ADA@'))).toEqual([
    { order: 'ord_1', field: 'customer', value: 'ada@example.org' },
  ]);
});

test('an amount that is spelled out is that amount alone', () => {
  const other = { ...order, price: { currency: 'USD', amount: '199.00' } };
  expect(orderMatches(other, query('19.90'))).toEqual([]);
  expect(orderMatches(order, query('19.90'))).toHaveLength(1);
  expect(orderMatches(other, query('19'))).toHaveLength(1);
});

test('unmatched money answers by what its payment says', () => {
  const payment = { id: 'p', payment: order.payments[0], seenAt: 1 } as unknown as UnmatchedPayment;
  expect(unmatchedMatches(payment, query('0xcd'))).toEqual([{ order: 'p', field: 'transaction', value: '0xCD' }]);
});

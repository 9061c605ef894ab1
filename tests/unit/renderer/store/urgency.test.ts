import { describe, expect, it } from 'vitest';
import { compareRanks, EXPIRING_MS, rankOf, RECENT_MS, urgencyOf } from '../../../../renderer/store/urgency.ts';
import { needsEyes } from '../../../../contract/needs-eyes.ts';
import type { Order } from '../../../../contract/order.ts';
import { MINUTE, sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const order = (changes: Partial<Order> = {}): Order =>
  sampleOrder(1, NOW, {
    createdAt: NOW - MINUTE,
    expiresAt: NOW + 14 * MINUTE,
    graceUntil: NOW + 74 * MINUTE,
    ...changes,
  });

describe('urgency of an order', () => {
  it.each([
    ['awaiting with time left', {}, 'awaiting'],
    ['exactly at the edge of expiring', { expiresAt: NOW + EXPIRING_MS }, 'expiring'],
    ['a millisecond before that edge', { expiresAt: NOW + EXPIRING_MS + 1 }, 'awaiting'],
    ['expired by the clock, not yet by an event', { expiresAt: NOW }, 'grace'],
    ['beyond its grace', { expiresAt: NOW - 2, graceUntil: NOW }, 'closed'],
    ['seen', { status: 'detected' }, 'confirming'],
    ['confirming', { status: 'confirming' }, 'confirming'],
    ['paid just now', { status: 'paid', paidAt: NOW - RECENT_MS }, 'paid'],
    ['paid a while ago', { status: 'paid', paidAt: NOW - RECENT_MS - 1 }, 'closed'],
    ['expired within its grace', { status: 'expired', expiresAt: NOW - 1 }, 'grace'],
    ['refunding', { status: 'refunding' }, 'refunding'],
    ['cancelled', { status: 'cancelled' }, 'closed'],
    ['held', { status: 'paid', verdict: 'hold', paidAt: NOW }, 'eyes'],
    ['underpaid', { flags: ['underpaid'] }, 'eyes'],
  ] satisfies [string, Partial<Order>, string][])('%s', (_, changes, expected) => {
    expect(urgencyOf(order(changes), NOW)).toBe(expected);
  });

  it('asks for eyes by a finding that warns, and not by one that only informs', () => {
    const finding = { code: 'x', since: NOW, evidence: [], nextStep: 'look' };
    expect(needsEyes(order({ diagnosis: [{ ...finding, severity: 'info' }] }))).toBe(false);
    expect(needsEyes(order({ diagnosis: [{ ...finding, severity: 'warning' }] }))).toBe(true);
  });

  it('asks for no eyes once a person has resolved it, for test orders, and for what is refunded', () => {
    expect(needsEyes(order({ verdict: 'hold', resolvedAt: NOW }))).toBe(false);
    expect(needsEyes(order({ verdict: 'test', flags: ['underpaid'] }))).toBe(false);
    expect(needsEyes(order({ status: 'refunded', verdict: 'hold' }))).toBe(false);
  });

  it('puts the most urgent first, and in each group what runs out first or is newest', () => {
    const orders: Record<string, Order> = {
      closed: order({ status: 'cancelled' }),
      paidEarlier: order({ status: 'paid', paidAt: NOW - 2 * MINUTE }),
      paidLater: order({ status: 'paid', paidAt: NOW - MINUTE }),
      awaitingLong: order({ expiresAt: NOW + 12 * MINUTE }),
      awaitingShort: order({ expiresAt: NOW + 4 * MINUTE }),
      confirming: order({ status: 'confirming' }),
      expiring: order({ expiresAt: NOW + 30_000 }),
      heldOld: order({ verdict: 'hold', updatedAt: NOW - MINUTE }),
      heldNew: order({ verdict: 'hold', updatedAt: NOW }),
    };
    const ranks = Object.entries(orders).map(([name, each]) => rankOf(each, `main/${name}`, NOW));
    expect(ranks.sort(compareRanks).map(({ key }) => key.slice(5))).toEqual([
      'heldNew',
      'heldOld',
      'expiring',
      'confirming',
      'awaitingShort',
      'awaitingLong',
      'paidLater',
      'paidEarlier',
      'closed',
    ]);
  });
});

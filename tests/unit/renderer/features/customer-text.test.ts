import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../../../contract/diagnosis.ts';
import type { Finding, Order } from '../../../../contract/order.ts';
import { orderStatuses } from '../../../../contract/order.ts';
import { customerText } from '../../../../renderer/features/case/customer/customer-text.ts';
import { chinese } from '../../../../renderer/strings/chinese.ts';
import { english } from '../../../../renderer/strings/english.ts';
import { createFormat } from '../../../../renderer/strings/format.ts';
import { createWords } from '../../../../renderer/strings/translate.ts';
import { everyState, sampleOrder, samplePayment } from '../../../support/fake-bridge/sample-orders.ts';

const now = 1_795_000_000_000;
const speech = { ...createWords('en', english), format: createFormat('en-US') };
const inChinese = { ...createWords('zh-CN', chinese), format: createFormat('zh-CN') };
const open = sampleOrder(44, now, {});
const told = (changes: Partial<Order>, at = now) => customerText({ ...open, ...changes }, at, speech);
const finding = (code: string): Finding => ({
  ...{ code, severity: 'warning', since: now, evidence: ['INTERNAL evidence'], nextStep: 'INTERNAL next step' },
  facts: { amount: 'INTERNAL fact' },
});
const payment = samplePayment(open, 44, { state: 'seen' });
const received = [{ ...payment, amount: payment.amount }];

describe('what a customer is told', () => {
  it('begins with the order and its price, and ends with when it was so', () => {
    const lines = told({}).split('\n');
    expect(lines[0]).toBe(`Order ${open.reference}`);
    expect(lines[1]).toMatch(/^Price: /);
    expect(lines.at(-1)).toBe(`As of ${speech.format.full(now)}.`);
    expect(told({})).toContain('Please pay ');
    expect(told({})).toContain(open.pay[0]?.address ?? 'no address');
  });

  it('[AU4] never holds notes, who works on the case, what the store decided, or what only it may know', () => {
    const secrets: Partial<Order> = {
      notes: [{ text: 'INTERNAL note', at: now, actor: { deskId: 'd', name: 'INTERNAL author' } }],
      claimedBy: { deskId: 'd', name: 'INTERNAL holder' },
      handedTo: { name: 'INTERNAL colleague', at: now },
      verdictRule: 'INTERNAL rule',
      customer: { name: 'INTERNAL name', email: 'internal@example.com', metadata: { key: 'INTERNAL metadata' } },
      namedTransactions: [{ chain: null, txHash: 'ab'.repeat(32), at: now, by: { deskId: 'd', name: 'INTERNAL' } }],
      diagnosis: findingCodes.map(finding),
    };
    for (const status of orderStatuses) {
      for (const verdict of ['wait', 'release', 'hold', 'test'] as const) {
        for (const language of [speech, inChinese]) {
          const text = customerText({ ...open, ...secrets, status, verdict, received }, now, language);
          expect(text).not.toMatch(/INTERNAL|internal@|RELEASE|HOLD|放行|暂扣|\{\w+\}/);
        }
      }
    }
  });

  it('says something of what happens next for every order, in either language', () => {
    for (const order of everyState(now)) {
      for (const language of [speech, inChinese]) {
        const parts = customerText(order, now, language).split('\n\n');
        expect(parts).toHaveLength(3);
        expect(parts[1]?.trim()).not.toBe('');
      }
    }
  });

  it.each(['detected', 'confirming'] as const)('never asks to pay again while money is %s', (status) => {
    expect(told({ status, payments: [payment], received })).toContain('Please do not pay again');
    expect(told({ status, payments: [payment], received })).not.toMatch(/Please pay|Please send the missing/);
  });

  it.each(['dropped', 'reverted', 'not-broadcast', 'not-paid-here', 'cancelled-by-sender'])(
    'does not ask for the money anew while a transaction is %s',
    (code) => {
      const text = told({ diagnosis: [finding(code)] });
      expect(text).not.toContain('Please pay ');
      expect(text).toMatch(/wallet|network/);
    },
  );

  it('asks for what is missing, not for all of it', () => {
    const { amount = '0', decimals = null, symbol = '' } = open.pay[0] ?? {};
    const part = (BigInt(amount) - 1n).toString();
    const text = told({ received: [{ ...payment, amount: part }], flags: ['underpaid'] });
    expect(text).toContain(`Please send the missing ${speech.format.cryptoExact('1', decimals, symbol)} before`);
  });

  it('tells whoever is late to send no more, and to name what was sent while it still counts', () => {
    expect(told({ status: 'expired' }, open.expiresAt + 1)).toContain('send us the transaction hash');
    expect(told({ status: 'expired' }, open.graceUntil + 1)).toContain('Please send no money');
    expect(told({}, open.graceUntil + 1)).toContain('Please send no money');
    expect(told({ status: 'expired', received })).toContain('We are checking what came');
  });

  it('thanks for a payment only once nothing about it is held', () => {
    expect(told({ status: 'paid', verdict: 'release', received })).toContain('Thank you');
    expect(told({ status: 'paid', verdict: 'hold', flags: ['late'], received })).toContain('after the time to pay');
    expect(told({ status: 'paid', verdict: 'hold', received })).not.toContain('Thank you');
  });

  it('names refunds with their amounts, and transactions with where they stand', () => {
    const refunds = [{ id: 'r', amount: '12.5', currency: 'USD', state: 'completed' as const }];
    expect(told({ status: 'refunded', refunds })).toContain('A refund of $12.50 has been sent to you.');
    const text = told({ payments: [payment] });
    expect(text).toContain(`Transaction ${payment.txHash ?? ''}: seen, not in a block yet`);
  });

  it('says of a test order nothing but that', () => {
    expect(told({ live: false })).toContain('This was a test order');
    expect(told({ live: false })).not.toContain('Please pay');
  });
});

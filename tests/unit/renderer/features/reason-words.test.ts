import { describe, expect, it } from 'vitest';
import type { Order } from '../../../../contract/order.ts';
import { evidenceFor } from '../../../../gateway/matching/evidence.ts';
import type { Sighting } from '../../../../gateway/matching/sighting.ts';
import { reasonWords } from '../../../../renderer/features/unmatched/reason-words.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';

const { tell } = createStrings('en', []);
const chinese = createStrings('zh-CN', []);
const said = (code: string, facts?: Record<string, string>) => {
  const words = reasonWords({ code, text: 'as the gateway says it', ...(facts && { facts }) }, tell);
  return words && tell(words);
};

describe('reasons of a candidate in words', () => {
  it('are said by code and facts, durations in words', () => {
    expect(said('same-amount')).toBe('same amount');
    expect(said('part-of-amount', { percent: '37' })).toBe('37 % of the amount');
    expect(said('after-expiry', { byMs: '180000' })).toBe('3 min after expiry');
    expect(said('ended', { status: 'cancelled' })).toBe('the order was cancelled');
    expect(said('ended', { status: 'failed' })).toBe('the order failed');
  });

  it('are left to the gateway where a fact is missing or no number, and for codes of a later version', () => {
    expect(said('part-of-amount')).toBeNull();
    expect(said('after-expiry', { byMs: 'soon' })).toBeNull();
    expect(said('constructor')).toBeNull();
    expect(said('star-sign')).toBeNull();
  });

  it('can all be said of what the gateway weighs, in both languages', () => {
    const option = { chain: 'eip155:1', asset: 'native', symbol: 'ETH', decimals: 18, address: '0xA', amount: '1000' };
    const order = (changes: object) =>
      ({
        ...{ id: 'o', reference: 'R', sourceRef: 's', status: 'awaiting', createdAt: 1000, expiresAt: 2000 },
        ...{ graceUntil: 3000, pay: [option], payments: [], namedTransactions: [], ...changes },
      }) as unknown as Order;
    const sighting = (changes: object, seenAt = 1500) =>
      ({
        seenAt,
        payment: { ...option, id: 'p', amount: '1000', to: '0xA', from: '0xF', txHash: '0xH', memo: null, ...changes },
      }) as unknown as Sighting;
    const weighed = [
      evidenceFor(order({ namedTransactions: [{ txHash: '0xh' }] }), sighting({ memo: 'R' })),
      evidenceFor(order({}), sighting({ amount: '400' }, 500)),
      evidenceFor(order({}), sighting({ amount: '1400' }, 2500)),
      evidenceFor(order({ pay: [{ ...option, minimum: '900' }] }), sighting({ amount: '950' }, 99_000)),
      evidenceFor(order({ status: 'paid' }), sighting({ chain: 'eip155:10', decimals: 18 })),
      evidenceFor(order({ status: 'refunded' }), sighting({ symbol: 'BNB', asset: 'erc20:0x1' })),
      evidenceFor(order({ status: 'cancelled' }), sighting({ asset: 'erc20:0x1' })),
    ].flat();
    expect(new Set(weighed.map(({ code }) => code)).size).toBeGreaterThan(12);
    for (const reason of weighed) {
      const words = reasonWords(reason, tell);
      expect(words, reason.code).not.toBeNull();
      expect(words && tell(words), reason.code).not.toContain('{');
      expect(words && chinese.tell(words), reason.code).toMatch(/\p{Script=Han}/u);
    }
  });
});

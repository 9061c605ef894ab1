import { describe, expect, it } from 'vitest';
import { Case, EXPIRES, NOW, eth } from './case.ts';

describe('the verdict by policy', () => {
  it.each([
    ['a small price after 1', '100', 1, 'release', 'eip155:1 up to 100 USD: 1 confirmation'],
    ['a small price at first sight', '100', 0, 'wait', 'eip155:1 up to 100 USD: 1 confirmation'],
    ['a larger price after 11', '100.01', 11, 'wait', 'eip155:1: 12 confirmations'],
    ['a larger price after 12', '100.01', 12, 'release', 'eip155:1: 12 confirmations'],
  ])('%s confirmations', (_, amount, confirmations, verdict, rule) => {
    const { order } = new Case({ order: { price: { currency: 'USD', amount } } }).pays().confirms(confirmations);
    expect(order.verdict).toBe(verdict);
    expect(order.verdictRule).toContain(rule);
  });

  it('takes upTo in the price’s own currency only, and never of a price in base units', () => {
    for (const price of [
      { currency: 'EUR', amount: '1' },
      { currency: 'USD', amount: '1', decimals: null },
    ]) {
      expect(new Case({ order: { price } }).pays().confirms(1).order.verdict).toBe('wait');
    }
  });

  it('releases what is settled where no rule matches', () => {
    const other = new Case({ rules: [{ chain: 'eip155:137', confirmations: 0 }] }).pays().confirms(11);
    expect(other.order.verdict).toBe('wait');
    expect(other.settles().order).toMatchObject({ verdict: 'release', verdictRule: 'settled' });
  });

  it('waits for the rule’s confirmations although the chain calls it settled', () => {
    const strict = new Case({ rules: [{ confirmations: 20 }] }).pays().confirms(12).settles();
    expect(strict.order).toMatchObject({ status: 'paid', verdict: 'wait' });
    expect(strict.confirms(20).order.verdict).toBe('release');
  });

  it('trusts a first sight where the rule says 0', () => {
    expect(new Case({ rules: [{ confirmations: 0 }] }).pays().order.verdict).toBe('release');
  });

  it('releases what the processor settled, but not what a node settled of its payment', () => {
    const half = { amount: '4000000000000000', witness: 'processor' } as const;
    const processor = new Case({ source: 'cdc' }).pays(half).settles('eip155:1');
    expect(processor.order).toMatchObject({ status: 'awaiting', verdict: 'wait', flags: ['underpaid'] });
    expect(processor.settles('cdc').order).toMatchObject({ status: 'paid', verdict: 'release' });
  });

  it('never counts money short of what is due, nor unconfirmed money beside confirmed', () => {
    const parts = new Case().pays({ amount: '4000000000000000' }).confirms(5);
    parts.pays({ id: 'q', txHash: '0xbb', amount: '4000000000000000' });
    expect(parts.order.verdict).toBe('wait');
    expect(parts.confirms(1, 'q').order.verdict).toBe('release');
  });

  it('takes the tolerated minimum', () => {
    const pay = [{ ...eth, minimum: '7960000000000000' }];
    expect(new Case({ order: { pay } }).pays({ amount: '7960000000000000' }).confirms(1).order.verdict).toBe('release');
  });

  it('is test for a test order, whatever happens', () => {
    const test = new Case({ order: { live: false } }).pays().confirms(12).settles();
    expect(test.order).toMatchObject({ verdict: 'test', status: 'paid' });
    expect(test.ledger.kinds()).not.toContain('verdict.changed');
  });
});

describe('the verdict hold', () => {
  const late = () =>
    new Case()
      .expires()
      .pays({}, EXPIRES + 180_000)
      .confirms(12);

  it.each([
    ['late money', late, 'late'],
    ['a reverted transaction', () => new Case().pays().gone('payment.reverted'), 'reverted'],
    ['the wrong asset', () => new Case().pays({ asset: 'erc20:0xff', symbol: 'USDT' }), 'wrong-asset'],
    ['too little at expiry', () => new Case().pays({ amount: '1' }).confirms(12).expires(), 'underpaid'],
    [
      'a refund',
      () => new Case().pays().confirms(12).add('refund.requested', { refundId: 'r', amount: '20', currency: 'USD' }),
      'refund',
    ],
    ['a reorg after release', () => new Case().pays().confirms(1).gone('payment.reorged'), 'vanished'],
    [
      'a reorg after settlement',
      () => new Case({ rules: [{ confirmations: 99 }] }).pays().settles().gone('payment.reorged'),
      'vanished',
    ],
    [
      'a drop after a release at first sight',
      () => new Case({ rules: [{ confirmations: 0 }] }).pays().gone('payment.dropped'),
      'vanished',
    ],
    ['a cancelled order with money', () => new Case().add('order.cancelled', {}).pays().confirms(0), 'cancelled'],
  ])('for %s', (_, play, rule) => {
    const { order } = play();
    expect(order.verdict).toBe('hold');
    expect(order.verdictRule).toMatch(new RegExp(`^${rule}: `));
  });

  it('stays after a reorg until the money is confirmed again', () => {
    const reorged = new Case().pays().confirms(1).gone('payment.reorged');
    reorged.add('note.added', { text: 'called the customer' });
    expect(reorged.order.verdict).toBe('hold');
    expect(reorged.pays().confirms(1).order).toMatchObject({ verdict: 'release', flags: [] });
  });

  it('is not for a reorg before anything was confirmed enough', () => {
    expect(new Case({ rules: [{ confirmations: 12 }] }).pays().confirms(1).gone('payment.reorged').order.verdict).toBe(
      'wait',
    );
  });

  it('is not for dust in another asset beside the whole amount', () => {
    const dusted = new Case().pays({ id: 'd', asset: 'erc20:0xff', symbol: 'SPAM', txHash: '0xdd' }).pays().confirms(1);
    expect(dusted.order).toMatchObject({ verdict: 'release', flags: ['multiple', 'wrong-asset'] });
  });
});

describe('an override', () => {
  it('stands while nothing new goes wrong', () => {
    const overridden = new Case()
      .expires()
      .pays({}, EXPIRES + 1000)
      .override('release')
      .confirms(1)
      .confirms(12)
      .settles();
    expect(overridden.order).toMatchObject({ verdict: 'release', status: 'paid' });
    expect(overridden.order.verdictRule).toMatch(/^override \(known: late/);
  });

  it('falls when a trouble appears that was not known', () => {
    const overridden = new Case({ rules: [{ confirmations: 12 }] }).pays().confirms(1).override('release');
    expect(overridden.order.verdict).toBe('release');
    expect(overridden.gone('payment.reorged').order.verdict).toBe('hold');
  });

  it('to hold is lifted by an admin alone', () => {
    const held = new Case().pays().override('hold').confirms(12).settles();
    expect(held.order.verdict).toBe('hold');
    expect(held.override('release').order.verdict).toBe('release');
  });

  it('that names no known troubles stands against all', () => {
    expect(new Case().pays().override('release', 'override').gone('payment.dropped').order.verdict).toBe('release');
  });
});

describe('findings', () => {
  it.each([
    [
      'underpaid',
      () => new Case().pays({ amount: '5000000000000000' }),
      '0.003 ETH are missing; received 0.005 ETH of 0.008 ETH',
    ],
    [
      'overpaid',
      () => new Case().pays({ amount: '9000000000000000' }),
      '0.001 ETH too much; received 0.009 ETH of 0.008 ETH',
    ],
    ['late', () => new Case().expires().pays({}, EXPIRES + 192_000), 'paid 3 min 12 s after the order expired'],
    [
      'double-payment',
      () => new Case().pays().pays({ id: 'q', txHash: '0xbb' }),
      '0.008 ETH in 0xaa; 0.008 ETH in 0xbb',
    ],
    [
      'paid-in-parts',
      () =>
        new Case().pays({ amount: '4000000000000000' }).pays({ id: 'q', txHash: '0xbb', amount: '4000000000000000' }),
      '0.004 ETH in 0xaa; 0.004 ETH in 0xbb',
    ],
    [
      'wrong-asset',
      () => new Case().pays({ asset: 'erc20:0xff', symbol: 'USDT', decimals: null, amount: '7' }),
      '7 base units of USDT in 0xaa; asked for: ETH on eip155:1',
    ],
    ['confirming', () => new Case().pays(), 'needed by eip155:1 up to 100 USD: 1 confirmation; 0.008 ETH in 0xaa'],
    ['reorged', () => new Case({ rules: [] }).pays().confirms(1).gone('payment.reorged'), '0.008 ETH in 0xaa'],
    ['reverted', () => new Case().pays().gone('payment.reverted'), '0.008 ETH in 0xaa'],
    ['dropped', () => new Case().pays().gone('payment.dropped'), '0.008 ETH in 0xaa'],
    ['cancelled-by-sender', () => new Case().pays().gone('payment.replaced'), '0.008 ETH in 0xaa, replaced by 0xbb'],
    ['expired-unpaid', () => new Case().expires(), 'no money was seen before the order expired'],
    ['chain-not-watched', () => new Case({ watched: [] }), 'the gateway does not watch eip155:1'],
    [
      'provisional',
      () => new Case({ source: 'cdc', order: { provisional: true } }),
      'only a refund of payment r has been heard of',
    ],
  ])('%s in plain words, with evidence and a next step', (code, play, evidence) => {
    const found = play();
    expect(found.codes).toContain(code);
    expect(found.evidence(code)).toBe(evidence);
    expect(found.order.diagnosis.every(({ nextStep }) => nextStep.endsWith('.'))).toBe(true);
  });

  it('carry the chain flags of the payments, and drop them when the money is back', () => {
    const found = new Case().pays().confirms(1).gone('payment.reorged');
    expect(found.order.flags).toEqual(['reorged']);
    expect(found.pays().confirms(1).order.flags).toEqual([]);
  });

  it('keep since when they hold', () => {
    const found = new Case().pays({ amount: '1' });
    found.now += 5000;
    found.pays({ id: 'q', txHash: '0xbb', amount: '1' });
    expect(found.order.diagnosis.find(({ code }) => code === 'underpaid')?.since).toBe(NOW);
    expect(found.order.diagnosis.find(({ code }) => code === 'paid-in-parts')?.since).toBe(NOW + 5000);
  });

  it('cost no event while nothing changes, and none per block', () => {
    const found = new Case({ rules: [{ confirmations: 12 }] }).pays();
    const before = found.ledger.kinds().filter((kind) => !kind.startsWith('payment')).length;
    for (let n = 1; n < 12; n += 1) found.confirms(n);
    expect(found.ledger.kinds().filter((kind) => !kind.startsWith('payment'))).toHaveLength(before);
    found.confirms(12);
    expect(found.ledger.kinds().slice(-3)).toEqual(['payment.confirmations', 'diagnosis.changed', 'verdict.changed']);
    expect(found.codes).toEqual([]);
  });

  it('are none for an order that just waits', () => {
    expect(new Case().ledger.kinds()).toEqual(['order.created']);
  });
});

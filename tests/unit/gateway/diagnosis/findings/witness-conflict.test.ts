import { describe, expect, it } from 'vitest';
import { Case, NOW } from '../case.ts';

const CHAIN = 'eip155:1';
const HASH = '0xaa';
const MINUTE = 60_000;
const told = { witness: 'processor', required: null } as const;

describe('[DG3] processor and chain disagree', () => {
  const paid = (minutes = 10) =>
    new Case({ source: 'cdc', rules: [], policy: { conflictMs: new Map([['main', minutes * MINUTE]]) } }).pays(
      told,
      NOW,
      'cdc',
    );

  it.each<[string, () => Case, string]>([
    [
      'the chain took back what the processor settled',
      () => paid().confirms(2).settles('cdc').gone('payment.reorged'),
      'no longer in the chain',
    ],
    [
      'what it settled failed on chain',
      () => paid().settles('cdc').gone('payment.reverted'),
      'failed and paid nothing',
    ],
    [
      'another transaction took the place of what it settled before it was mined',
      () => paid().pays(told, NOW).settles('cdc').gone('payment.replaced'),
      'replaced by another transaction',
    ],
    ['it is deep, and the processor says nothing', () => paid().confirms(12), 'as deep as is required'],
    [
      'the processor cancelled what is in the chain',
      () => paid().confirms(1).add('order.cancelled', {}, 'cdc', NOW),
      'is in the chain',
    ],
  ])('%s', (_, play, node) => {
    const found = play();
    expect(found.codes).not.toContain('witness-conflict');
    expect(found.ledger.reconsider('main', ['ord'])).toBe(NOW + 10 * MINUTE);
    found.later(10 * MINUTE);
    expect(found.evidence('witness-conflict')).toContain(node);
    expect(found.order).toMatchObject({
      verdict: 'hold',
      verdictRule: expect.stringContaining('witness-conflict') as string,
    });
    expect(found.order.flags).toContain('witness-conflict');
  });

  it('says of a payment that failed at the processor that it failed', () => {
    const found = paid(1).confirms(1).add('order.failed', {}, 'cdc', NOW).later(MINUTE);
    expect(found.evidence('witness-conflict')).toMatch(
      /^the processor: the payment failed; our node: .* is in the chain$/,
    );
  });

  it('also when no node knows what the processor named', () => {
    const found = paid(1);
    found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'not-found', nodes: 2, since: NOW + 1000 });
    expect(found.later(MINUTE).codes).not.toContain('witness-conflict');
    expect(found.later(1000).evidence('witness-conflict')).toBe(
      'the processor: 0.008 ETH in 0xaa was paid; our node: the transaction is in neither pool nor chain',
    );
  });

  it('also when what it settled before it was mined is nowhere any more', () => {
    const found = paid(1).pays(told, NOW).settles('cdc');
    expect(found.order.verdict).toBe('release');
    const missing = { kind: 'not-found', nodes: 2, since: NOW + 1000 } as const;
    found.ledger.observations.sawTransaction(CHAIN, HASH, missing);
    expect(found.later(MINUTE).codes).not.toContain('witness-conflict');
    expect(found.later(1000).evidence('witness-conflict')).toContain('the transaction is in neither pool nor chain');
    expect(found.order.verdict).toBe('hold');
    found.ledger.observations.sawTransaction(CHAIN, HASH, null);
    expect(found.later(1000).codes).not.toContain('witness-conflict');
  });

  it('and is over by itself when they agree again', () => {
    const found = paid()
      .confirms(12)
      .later(10 * MINUTE);
    expect(found.order.verdict).toBe('hold');
    expect(found.settles('cdc').order).toMatchObject({ verdict: 'release', flags: [], diagnosis: [] });
  });

  it('an override knows of it, and stands', () => {
    const found = paid()
      .confirms(12)
      .later(10 * MINUTE)
      .override('release');
    expect(found.later(MINUTE).order.verdict).toBe('release');
  });

  it('is no conflict while both agree, or one has not spoken yet', () => {
    const half = new Case({ source: 'cdc', rules: [] }).pays({ ...told, amount: '4000000000000000' }, NOW, 'cdc');
    for (const play of [
      half.confirms(12),
      paid(),
      paid().settles('cdc'),
      paid().confirms(3),
      paid().confirms(12).settles('cdc'),
    ]) {
      expect(play.later(24 * 60 * MINUTE).codes).not.toContain('witness-conflict');
    }
    expect(
      new Case()
        .pays()
        .confirms(12)
        .later(24 * 60 * MINUTE).codes,
    ).not.toContain('witness-conflict');
  });
});

import { describe, expect, it } from 'vitest';
import { Case, NOW } from '../case.ts';

const told = { witness: 'processor', required: null } as const;

describe('[DG1] payments that went away', () => {
  it('one that was sped up is replaced by what pays the same, until that is in a block', () => {
    const found = new Case().pays().gone('payment.replaced').pays({ id: 'q', txHash: '0xbb' });
    expect(found.evidence('replaced')).toBe('0.008 ETH in 0xaa, replaced by 0xbb, which pays 0.008 ETH');
    expect([found.codes, found.order.flags]).toEqual([['replaced', 'confirming'], ['replaced']]);
    expect(found.confirms(1, 'q').order).toMatchObject({ diagnosis: [], flags: [], verdict: 'release' });
  });

  it('whether a processor’s was cancelled is not known', () => {
    const found = new Case({ source: 'cdc' }).pays(told, NOW, 'cdc').gone('payment.replaced');
    expect(found.codes).toEqual(['replaced']);
    expect(found.find('replaced')?.facts).toMatchObject({ byTxHash: '0xbb' });
  });

  it.each(['payment.reverted', 'payment.dropped', 'payment.replaced', 'payment.reorged'] as const)(
    '%s is mended by another payment',
    (kind) => {
      const found = new Case({ rules: [] }).pays().confirms(1).gone(kind);
      expect(found.order.flags).toHaveLength(1);
      expect(found.pays({ id: 'q', txHash: '0xcc' }).order).toMatchObject({ flags: [], verdict: 'wait' });
      expect(found.codes).toEqual(['confirming']);
    },
  );

  it('a processor’s that no node ever saw was not broadcast rather than dropped', () => {
    const found = new Case({ source: 'cdc' }).pays(told, NOW, 'cdc').gone('payment.dropped');
    expect(found.evidence('not-broadcast')).toBe('0.008 ETH in 0xaa is in neither pool nor chain');
    expect(found.codes).not.toContain('dropped');
  });
});

describe('[DG4] a reorg after release', () => {
  const lost = () => new Case().pays().confirms(1).add('order.released', {}, 'desk').gone('payment.reorged');

  it('is an alarm, and a hold', () => {
    const found = lost();
    expect(found.find('reorg-after-release')).toMatchObject({ severity: 'critical' });
    expect(found.evidence('reorg-after-release')).toBe(
      '0.008 ETH in 0xaa is no longer in the chain; the goods were handed over',
    );
    expect(found.codes).not.toContain('reorged');
    expect(found.order).toMatchObject({ verdict: 'hold', flags: ['reorged'] });
  });

  it('stays while the money is not as deep as before, also when it vanishes for good', () => {
    const found = lost().pays();
    expect(found.order.verdict).toBe('hold');
    expect(found.evidence('reorg-after-release')).toContain('is no longer in the chain');
    found.gone('payment.dropped');
    expect(found.order.verdict).toBe('hold');
    const dropped = lost().gone('payment.dropped');
    expect(dropped.codes).toContain('reorg-after-release');
  });

  it('is over when the money is as deep again', () => {
    expect(lost().pays().confirms(1).order).toMatchObject({ verdict: 'release', diagnosis: [], flags: [] });
  });

  it('is over when somebody resolves the case, and comes back with the next loss', () => {
    const found = lost();
    found.now += 1000;
    found.add('case.resolved', { reason: 'paid in cash' }, 'desk');
    expect(found.codes).not.toContain('reorg-after-release');
    expect(found.order.verdict).toBe('wait');
    found.now += 1000;
    found.pays().confirms(1).gone('payment.reorged');
    expect(found.order.verdict).toBe('hold');
    expect(found.codes).toContain('reorg-after-release');
  });
});

import { describe, expect, it } from 'vitest';
import { Case, NOW, eth } from '../case.ts';

const CHAIN = 'eip155:1';
const told = { witness: 'processor', required: null } as const;

describe('[DG5] how long it takes', () => {
  const slow = (rules: [{ confirmations: number }]) => {
    const found = new Case({ rules });
    found.ledger.observations.sawChain(CHAIN, { nodes: [], blockMs: 12_000, fee: null });
    return found.pays();
  };

  it('is told as a range, from the first block on and while it counts', () => {
    const found = slow([{ confirmations: 12 }]);
    expect(found.evidence('confirming')).toContain('about 1–4 min once it gets into blocks');
    expect(found.confirms(4).evidence('confirming')).toContain('up to about 3 min more');
    expect(found.find('confirming')?.facts).toMatchObject({ needed: '12', left: '8' });
  });

  it('is told anew in steps, not with every block nor with the chain’s pace', () => {
    const found = slow([{ confirmations: 12 }]);
    for (let n = 1; n <= 12; n += 1) {
      found.ledger.observations.sawChain(CHAIN, { nodes: [], blockMs: 12_000 + n, fee: null });
      found.confirms(n);
    }
    const told = found.ledger.kinds().filter((kind) => kind === 'diagnosis.changed');
    // Seen; in a block with 13 (11), 8, 5, 3, 2 and 1 to go; done.
    expect(told).toHaveLength(8);
    expect(found.codes).toEqual([]);
  });

  it('is not told while new blocks stay away, and told again when they come', () => {
    const found = slow([{ confirmations: 12 }]).confirms(4);
    const line = { id: CHAIN, kind: 'evm', lastHeardAt: NOW, lagMs: 0 };
    const estimated = () => found.later(1_000).find('confirming')?.facts?.['toMs'] !== undefined;
    expect(estimated()).toBe(true);
    for (const state of ['late', 'down'] as const) {
      found.ledger.observations.sawSource({ ...line, state });
      expect(estimated()).toBe(false);
      expect(found.codes).toContain('confirming');
      found.ledger.observations.sawSource({ ...line, state: 'hearing' });
      expect(estimated()).toBe(true);
    }
  });

  it('is not told where the chain’s pace is not known', () => {
    expect(new Case({ rules: [{ confirmations: 12 }] }).pays().find('confirming')?.facts).toEqual({ needed: '12' });
  });

  it('a payment that only the processor sees waits for the processor', () => {
    const cro = { ...eth, chain: null, asset: 'cro', symbol: 'CRO' };
    const found = new Case({ source: 'cdc', order: { pay: [cro] } });
    found.pays({ ...told, chain: null, asset: 'cro', symbol: 'CRO' }, NOW, 'cdc');
    expect(found.evidence('confirming')).toContain('the settlement by the processor');
    expect(found.order.verdictRule).toBe('settlement: the processor has not settled it yet');
    expect(found.settles('cdc').order.verdict).toBe('release');
  });
});

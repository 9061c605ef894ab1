import { describe, expect, it } from 'vitest';
import { Case, NOW } from '../case.ts';

const CHAIN = 'eip155:1';
const nodes = (...states: ('ok' | 'behind' | 'down' | 'disagrees')[]) => ({
  nodes: states.map((state, n) => ({ name: `node${n}.example`, state, height: 100, note: `is ${state}` })),
  blockMs: null,
  fee: null,
});
const line = (id: string, state: 'hearing' | 'late' | 'down', note = 'no answer') => ({
  ...{ id, kind: 'any', state, lastHeardAt: NOW, lagMs: null },
  ...(state === 'down' && { note }),
});

describe('[DG1] lines', () => {
  it('a node that is down is why an order waits, without an alarm of its own', () => {
    const found = new Case();
    found.ledger.observations.sawChain(CHAIN, nodes('down', 'down'));
    found.later(0);
    expect(found.find('node-down')).toMatchObject({ severity: 'info' });
    expect(found.evidence('node-down')).toBe(
      'no node of eip155:1 answers; node0.example is down; node1.example is down',
    );
    expect(found.order.verdictRule).toContain('no node of the chain answers');
    found.ledger.observations.sawChain(CHAIN, nodes('ok', 'down'));
    expect(found.later(0).order).toMatchObject({ diagnosis: [], verdictRule: 'awaiting payment' });
  });

  it('nodes of one host are told apart, and each says what it has to say once', () => {
    const found = new Case();
    const node = (name: string, note: string) => ({ name, state: 'down' as const, height: null, note });
    const both = [
      node('node.example', 'closed the connection'),
      node('node.example (2)', 'node.example cannot be reached'),
    ];
    found.ledger.observations.sawChain(CHAIN, { nodes: both, blockMs: null, fee: null });
    found.ledger.observations.sawSource(line(CHAIN, 'down', both.map(({ note }) => note).join('; ')));
    expect(found.later(0).find('node-down')?.evidence).toEqual([
      'no node of eip155:1 answers',
      'node.example closed the connection',
      'node.example (2) cannot be reached',
    ]);
  });

  it('a line without nodes says why it is down itself', () => {
    const found = new Case();
    found.ledger.observations.sawSource(line(CHAIN, 'down', 'no answer within 10 s'));
    expect(found.later(0).evidence('node-down')).toBe('no node of eip155:1 answers; no answer within 10 s');
  });

  it('a node that is behind', () => {
    const found = new Case();
    found.ledger.observations.sawSource(line(CHAIN, 'late'));
    expect(found.later(0).codes).toEqual(['node-behind']);
    found.ledger.observations.sawSource(line(CHAIN, 'hearing'));
    found.ledger.observations.sawChain(CHAIN, nodes('behind', 'down'));
    expect(found.later(0).codes).toEqual(['node-behind']);
  });

  it('nodes that disagree keep what is not settled from being released', () => {
    const found = new Case().pays().confirms(1);
    found.ledger.observations.sawChain(CHAIN, nodes('ok', 'disagrees'));
    found.later(0);
    expect(found.codes).toEqual(['nodes-disagree']);
    expect(found.order).toMatchObject({
      verdict: 'wait',
      verdictRule: expect.stringContaining('nodes disagree') as string,
    });
    expect(found.settles().order).toMatchObject({ verdict: 'release', diagnosis: [] });
  });

  it('say nothing of orders that are over, and keep their words while they hold', () => {
    const over = new Case().expires();
    over.ledger.observations.sawChain(CHAIN, nodes('down'));
    expect(over.later(0).codes).toEqual(['expired-unpaid']);
    const waiting = new Case({ source: 'cdc' });
    waiting.ledger.observations.sawSource(line('cdc', 'down', 'answered 502'));
    const since = waiting.later(0).find('processor-down');
    waiting.ledger.observations.sawSource(line('cdc', 'down', 'answered 503'));
    expect(waiting.later(1000).find('processor-down')).toEqual(since);
    waiting.ledger.observations.sawSource(line('cdc', 'hearing'));
    expect(waiting.later(0).codes).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { Case, NOW, eth } from '../case.ts';

const CHAIN = 'eip155:1';
const HASH = '0xaa';
const MINUTE = 60_000;
const told = { witness: 'processor', required: null } as const;

describe('[DG1] transactions that are in no block', () => {
  const waiting = () => new Case().pays();

  it('a fee below what the next block asks', () => {
    const found = waiting();
    found.ledger.observations.sawTransaction(CHAIN, HASH, {
      kind: 'fee-too-low',
      bid: '1000000000',
      asked: '2500000000',
    });
    found.later(0);
    expect(found.evidence('fee-too-low')).toBe('0.008 ETH in 0xaa; it bids 1 gwei; blocks ask 2.5 gwei at present');
    expect(found.order.flags).toEqual(['fee-too-low']);
    expect(found.find('fee-too-low')?.facts).toMatchObject({ bid: '1 gwei', asked: '2.5 gwei', txHash: HASH });
  });

  it('reads a bid rounded down and what is asked rounded up, so that the two differ', () => {
    const found = waiting();
    found.ledger.observations.sawTransaction(CHAIN, HASH, {
      ...{ kind: 'fee-too-low', bid: '7008333334', asked: '7008333335' },
    });
    found.later(0);
    expect(found.evidence('fee-too-low')).toContain('it bids 7.008 gwei; blocks ask 7.009 gwei at present');
  });

  it('is in satoshi per virtual byte on Bitcoin', () => {
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93';
    const pay = [{ ...eth, chain: bitcoin, symbol: 'BTC', decimals: 8, amount: '20000' }];
    const found = new Case({ watched: [bitcoin], order: { pay } });
    found.pays({ chain: bitcoin, symbol: 'BTC', decimals: 8, amount: '20000', txHash: 'aa' }, undefined, bitcoin);
    found.ledger.observations.sawTransaction(bitcoin, 'aa', { kind: 'fee-too-low', bid: '3.5', asked: '8' });
    expect(found.later(0).evidence('fee-too-low')).toBe(
      '0.0002 BTC in aa; it bids 3.5 sat/vB; blocks ask 8 sat/vB at present',
    );
  });

  it('is told anew only when what is asked has moved by a fifth, and is over with its cause', () => {
    const found = waiting();
    const ask = (asked: string) =>
      found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'fee-too-low', bid: '10', asked });
    ask('1000');
    found.later(0);
    const before = found.ledger.events.length;
    ask('1200');
    found.later(1000);
    expect(found.ledger.events).toHaveLength(before);
    ask('1201');
    found.later(1000);
    expect(found.ledger.events).toHaveLength(before + 1);
    expect(found.find('fee-too-low')?.since).toBe(NOW);
    found.ledger.observations.sawTransaction(CHAIN, HASH, null);
    found.later(0);
    expect([found.codes, found.order.flags]).toEqual([['confirming'], []]);
  });

  it('a missing nonce', () => {
    const found = waiting();
    found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'nonce-gap', nonce: 7, next: 5 });
    found.later(0);
    expect(found.evidence('nonce-gap')).toContain('transaction number 7; number 5 is missing');
    expect(found.order.flags).toEqual(['nonce-gap']);
  });

  it('what the processor named and no node knows, once it had time to spread', () => {
    const found = new Case({ source: 'cdc' }).pays(told, NOW, 'cdc');
    found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'not-found', nodes: 2, since: NOW });
    expect(found.ledger.reconsider('main', ['ord'])).toBe(NOW + 30_000);
    expect(found.codes).not.toContain('not-broadcast');
    found.later(30_000);
    expect(found.evidence('not-broadcast')).toBe('0.008 ETH in 0xaa; none of 2 nodes knows the transaction');
    found.ledger.observations.sawTransaction(CHAIN, HASH, null);
    expect(found.later(0).codes).not.toContain('not-broadcast');
  });

  it('what the customer named and no node knows', () => {
    const found = new Case().add('transaction.named', { chain: null, txHash: '0xCC' }, 'desk');
    found.ledger.observations.sawTransaction(CHAIN, '0xcc', { kind: 'not-found', nodes: 1, since: NOW });
    expect(found.later(30_000).evidence('not-broadcast')).toBe(
      'the customer named 0xCC; our node does not know the transaction',
    );
    expect(found.pays({ txHash: '0xcc' }).codes).not.toContain('not-broadcast');
  });

  it('what the customer named without a chain, once no chain knows it', () => {
    const found = new Case({ watched: [CHAIN, 'eip155:10', 'bip122:000000000019d6689c085ae165831e93'] });
    found.add('transaction.named', { chain: null, txHash: '0xcc' }, 'desk');
    found.ledger.observations.sawTransaction(CHAIN, '0xcc', { kind: 'not-found', nodes: 1, since: NOW });
    expect(found.later(MINUTE).codes).toEqual([]);
    found.ledger.observations.sawTransaction('eip155:10', '0xcc', { kind: 'not-found', nodes: 1, since: NOW });
    expect(found.later(0).codes).toEqual(['not-broadcast']);
  });

  it('what the customer named and what cannot be mined yet', () => {
    const found = new Case().add('transaction.named', { chain: null, txHash: '0xCC' }, 'desk');
    found.ledger.observations.sawTransaction(CHAIN, '0xcc', { kind: 'nonce-gap', nonce: 7, next: 5 });
    expect(found.later(0).evidence('nonce-gap')).toMatch(/^the customer named 0xCC; it is the sender's transaction/);
    expect(found.order.flags).toEqual(['nonce-gap']);
    found.ledger.observations.sawTransaction(CHAIN, '0xcc', null);
    expect(found.later(0).order).toMatchObject({ diagnosis: [], flags: [] });
  });

  it('stand after a restart until they were looked at again', () => {
    const found = waiting();
    found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'nonce-gap', nonce: 7, next: 5 });
    found.later(0);
    found.restart(NOW + 1000);
    expect(found.later(1000).codes).toContain('nonce-gap');
    expect(found.ledger.reconsider('main', ['ord'])).toBe(NOW + 61_000);
    expect(found.later(MINUTE).codes).not.toContain('nonce-gap');
  });
});

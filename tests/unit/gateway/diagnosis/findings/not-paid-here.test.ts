import { describe, expect, it } from 'vitest';
import type { Move, NamedMovements } from '../../../../../gateway/observations.ts';
import { Case, NOW, eth } from '../case.ts';

const CHAIN = 'eip155:1';
const OTHER = '0x00000000000000000000000000000000000000E1';
const CODE = 'not-paid-here';
const coins: Move = {
  ...{ to: OTHER, asset: 'native', symbol: 'ETH', decimals: 18, amount: eth.amount, isWatched: false },
};
const mined = { height: 100, settlesAt: 12, isSettled: false };
const plain: NamedMovements = { moves: [coins], mayMoveMore: false, failed: false, mined };
const named = (setting?: ConstructorParameters<typeof Case>[0], chain: string | null = CHAIN) =>
  new Case(setting).add('transaction.named', { chain, txHash: '0xCC' }, 'desk');
const shows = (found: Case, changes: Partial<NamedMovements> | null = {}, chain = CHAIN) => {
  found.ledger.observations.sawMovements(chain, '0xcc', changes && { ...plain, ...changes });
  return found.later(0);
};
const kindOf = (found: Case) => found.find(CODE)?.facts?.['kind'];

describe('[DG1] a named transaction that shows no payment to the order', () => {
  it('says to whom it went, how much, where it stands, and where the order is paid', () => {
    const found = shows(named());
    expect(found.find(CODE)).toMatchObject({ severity: 'warning', since: NOW });
    expect(found.find(CODE)?.evidence).toEqual([
      'the customer named 0xCC',
      'it was mined in block 100, with fewer than 12 confirmations',
      `0.008 ETH to ${OTHER}`,
      'this order is paid to 0xd0',
    ]);
    expect(found.find(CODE)?.nextStep).toMatch(/only whoever holds that one can send it back/);
    expect([found.order.verdict, found.order.flags]).toEqual(['wait', []]);
  });

  it.each([
    [{ mined: null }, 'it is not mined yet', 'elsewhere'],
    [{ mined: { ...mined, isSettled: true } }, 'with 12 confirmations or more', 'elsewhere'],
    [{ mined: { ...mined, settlesAt: 1 } }, 'with fewer than 1 confirmation;', 'elsewhere'],
    [{ mined: { ...mined, settlesAt: null } }, 'which the chain does not call settled yet', 'elsewhere'],
    [{ mined: { ...mined, settlesAt: null, isSettled: true } }, 'which the chain calls settled', 'elsewhere'],
    [{ mayMoveMore: true }, 'may have reached this order', 'contract'],
    [{ moves: [] }, 'it moves no money', 'nothing'],
    [{ moves: [], failed: true }, 'it failed: nothing was moved', 'failed'],
    [{ moves: [{ ...coins, isWatched: true }] }, 'which is watched for something else', 'watched'],
    [{ moves: Array.from({ length: 6 }, () => coins) }, 'and 2 more transfers', 'elsewhere'],
  ] as const)('%o: says so', (changes, line, kind) => {
    const found = shows(named(), changes);
    expect(found.evidence(CODE)).toContain(line);
    expect(kindOf(found)).toBe(kind);
  });

  it('never asserts that a contract paid nothing here, and that nothing moved where one ran', () => {
    const found = shows(named(), { moves: [], mayMoveMore: true });
    expect(found.evidence(CODE)).not.toContain('it moves no money');
    expect(found.find(CODE)?.nextStep).toMatch(/internal transactions/);
  });

  it('says nothing when any of it goes to an address of the order, however that is written, also on a kindred chain', () => {
    const pay = [eth, { ...eth, chain: 'eip155:10', address: '0xAB' }];
    for (const to of ['0xD0', '0xab']) {
      const found = shows(named({ order: { pay } }), { moves: [coins, { ...coins, to }], mayMoveMore: true });
      expect(found.codes).not.toContain(CODE);
    }
  });

  it('says nothing where it is not known whole where the order is paid', () => {
    const hidden = { ...eth, address: null };
    expect(shows(named({ order: { pay: [eth, { ...hidden, chain: null }] } })).codes).not.toContain(CODE);
    expect(shows(named({ order: { pay: [hidden] } })).codes).not.toContain(CODE);
    expect(shows(named({ order: { pay: [] } })).codes).not.toContain(CODE);
    const failed = shows(named({ order: { pay: [hidden] } }), { moves: [], failed: true });
    expect(kindOf(failed)).toBe('failed');
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93';
    expect(shows(named({ order: { pay: [eth, { ...hidden, chain: bitcoin }] } })).codes).toContain(CODE);
  });

  it('finds the chain by itself where it was not said', () => {
    const found = named({ watched: [CHAIN, 'eip155:10'] }, null);
    shows(found, null);
    expect(found.codes).toEqual([]);
    shows(found, {}, 'eip155:10');
    expect(found.find(CODE)?.facts).toMatchObject({
      chain: 'eip155:10',
      txHash: '0xCC',
      moved: '0.008 ETH',
      to: OTHER,
    });
  });

  it('goes when no node shows it any more, when it turns out to pay, when the order is paid, or the case is resolved', () => {
    const found = shows(named());
    expect(shows(found, null).codes).toEqual([]);
    expect(shows(found).codes).toEqual([CODE]);
    expect(found.pays({ txHash: '0xcc' }).codes).not.toContain(CODE);
    expect(shows(named()).pays({ txHash: '0xdd' }).codes).not.toContain(CODE);
    const resolved = shows(named());
    resolved.now += 1000;
    expect(resolved.add('case.resolved', { reason: 'agreed' }, 'desk').codes).not.toContain(CODE);
  });

  it('takes the place of advice on how to speed it up, unless it may pay here after all', () => {
    const found = named();
    found.ledger.observations.sawTransaction(CHAIN, '0xcc', { kind: 'nonce-gap', nonce: 7, next: 5 });
    expect(found.later(0).codes).toEqual(['nonce-gap']);
    expect(shows(found, { mined: null }).codes).toEqual([CODE]);
    expect(shows(found, { mined: null, mayMoveMore: true }).codes).toEqual([CODE, 'nonce-gap']);
  });

  it('is told anew only when its standing changes, and stands after a restart until it is looked up again', () => {
    const found = shows(named());
    const before = found.ledger.events.length;
    found.later(1000);
    expect(found.ledger.events).toHaveLength(before);
    found.restart(NOW + 5000);
    expect(found.later(10 * 60_000).find(CODE)?.since).toBe(NOW);
    expect(shows(found, null).codes).toEqual([]);
    const waiting = shows(named(), { mined: null }).restart(NOW + 5000);
    expect(waiting.later(0).codes).toEqual([CODE]);
    expect(waiting.ledger.reconsider('main', ['ord'])).toBe(NOW + 65_000);
    expect(waiting.later(60_000).codes).toEqual([]);
  });

  it('says a coin that only the order knows by the order, and several named ones in one', () => {
    const found = shows(named(), { moves: [{ ...coins, symbol: 'native', decimals: null }] });
    expect(found.evidence(CODE)).toContain('0.008 ETH to');
    for (let n = 0; n < 5; n += 1) {
      const txHash = `0xee${n}`;
      found.add('transaction.named', { chain: CHAIN, txHash }, 'desk');
      found.ledger.observations.sawMovements(CHAIN, txHash, {
        ...plain,
        moves: Array.from({ length: 9 }, () => coins),
      });
    }
    expect(found.later(0).find(CODE)?.evidence.length).toBeLessThanOrEqual(20);
    expect(found.evidence(CODE)).toMatch(/this order is paid to 0xd0$/);
  });

  it('on Bitcoin says that one of several may be change', () => {
    const bitcoin = 'bip122:000000000019d6689c085ae165831e93';
    const pay = [{ ...eth, chain: bitcoin, symbol: 'BTC', decimals: 8, address: 'bc1qshop' }];
    const found = new Case({ watched: [bitcoin], order: { pay } });
    found.add('transaction.named', { chain: null, txHash: 'cc' }, 'desk');
    const paid = { ...coins, symbol: 'BTC', decimals: 8, amount: '20000' };
    const moves = [
      { ...paid, to: 'bc1qother' },
      { ...paid, to: 'bc1qchange' },
    ];
    found.ledger.observations.sawMovements(bitcoin, 'cc', { ...plain, moves });
    expect(found.later(0).evidence(CODE)).toContain('one of these may be change that stays with the sender');
    found.ledger.observations.sawMovements(bitcoin, 'cc', { ...plain, moves: [...moves, { ...paid, to: 'BC1QSHOP' }] });
    expect(found.later(0).codes).toEqual([]);
  });
});

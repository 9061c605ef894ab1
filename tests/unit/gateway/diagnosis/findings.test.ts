import { describe, expect, it } from 'vitest';
import { findingCodes } from '../../../../contract/diagnosis.ts';
import { Case, NOW, eth } from './case.ts';

const CHAIN = 'eip155:1';
const HASH = '0xaa';
const MINUTE = 60_000;
const told = { witness: 'processor', required: null } as const;
const usdc = { chain: CHAIN, asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6, address: '0xd0', amount: '20000000' };
const nodes = (...states: ('ok' | 'behind' | 'down' | 'disagrees')[]) => ({
  nodes: states.map((state, n) => ({ name: `node${n}.example`, state, height: 100, note: `is ${state}` })),
  blockMs: null,
  fee: null,
});
const line = (id: string, state: 'hearing' | 'late' | 'down', note = 'no answer') => ({
  ...{ id, kind: 'any', state, lastHeardAt: NOW, lagMs: null },
  ...(state === 'down' && { note }),
});

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
    expect(found.evidence('fee-too-low')).toBe('0.008 ETH in 0xaa; it bids 1 gwei; the next block asks 2.5 gwei');
    expect(found.order.flags).toEqual(['fee-too-low']);
    expect(found.find('fee-too-low')?.facts).toMatchObject({ bid: '1 gwei', asked: '2.5 gwei', txHash: HASH });
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

describe('[DG1] money that is not what was asked for', () => {
  const paid = (asset: string, symbol: string, decimals: number | null, chain = CHAIN) =>
    new Case({ order: { pay: [usdc] } }).pays({ chain, asset, symbol, decimals, amount: '20000000' });

  it.each([
    ['erc20:0xbad', 'USDC', null, CHAIN, 'fake-token'],
    ['erc20:0xbad', ' usdc ', null, CHAIN, 'fake-token'],
    ['erc20:0xbad', 'USDС', null, CHAIN, 'fake-token'],
    ['erc20:0xbad', '\u200bU$DC', null, CHAIN, 'fake-token'],
    ['erc20:0xbad', 'SPAM', null, CHAIN, 'wrong-asset'],
    ['erc20:0xdac', 'USDT', 6, CHAIN, 'wrong-asset'],
    ['native', 'ETH', 18, CHAIN, 'wrong-asset'],
    ['erc20:0xa1', 'USDC', 6, 'eip155:8453', 'wrong-chain'],
  ])('%s that says it is %j, decimals %s, on %s: %s', (asset, symbol, decimals, chain, code) => {
    const found = paid(asset, symbol, decimals, chain);
    expect(found.codes).toEqual([code]);
    expect(found.order).toMatchObject({ verdict: 'hold', flags: ['wrong-asset'], status: 'awaiting' });
    expect(found.find(code)?.facts).toMatchObject({ askedFor: `USDC on ${CHAIN}`, chain });
  });

  it('names the contract of a fake', () => {
    expect(paid('erc20:0xbad', 'USDC', null).evidence('fake-token')).toContain('from the contract 0xbad');
  });

  it('has to be sent back when the right money came, until somebody says that it was', () => {
    const right = { id: 'q', txHash: '0xbb', asset: usdc.asset, symbol: 'USDC', decimals: 6, amount: usdc.amount };
    expect(paid('erc20:0xbad', 'USDC', null).pays(right).codes).toEqual(['confirming']);
    const wrong = paid('erc20:0xdac', 'USDT', 6).pays(right);
    expect(wrong.codes).toEqual(['confirming', 'wrong-asset']);
    wrong.now += 10_000;
    expect(wrong.add('case.resolved', { reason: 'sent back' }, 'desk').codes).toEqual(['confirming']);
  });

  it('is settled by the right money', () => {
    const found = paid('erc20:0xbad', 'USDC', null);
    found.pays({ id: 'q', txHash: '0xbb', asset: usdc.asset, symbol: 'USDC', decimals: 6, amount: usdc.amount });
    expect(found.order.verdict).toBe('wait');
    expect(found.confirms(1, 'q').order.verdict).toBe('release');
  });
});

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

  it('also when no node knows what the processor named', () => {
    const found = paid(1);
    found.ledger.observations.sawTransaction(CHAIN, HASH, { kind: 'not-found', nodes: 2, since: NOW + 1000 });
    expect(found.later(MINUTE).codes).not.toContain('witness-conflict');
    expect(found.later(1000).evidence('witness-conflict')).toBe(
      'the processor: 0.008 ETH in 0xaa was paid; our node: the transaction is in neither pool nor chain',
    );
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

describe('[DG6] a webhook that never came', () => {
  const webhooks = new Map([['cdc', { announces: 'settlement', withinMs: 5 * MINUTE, hintMs: MINUTE } as const]]);
  const polled = () => new Case({ source: 'cdc', rules: [], policy: { webhooks } }).pays(told, NOW, 'cdc');

  it('is missed when asking alone brought out the settlement', () => {
    const found = polled();
    expect(found.later(60 * MINUTE).codes).not.toContain('webhook-missing');
    found.settles('cdc');
    expect(found.ledger.reconsider('main', ['ord'])).toBe(NOW + 65 * MINUTE);
    found.later(5 * MINUTE);
    expect(found.evidence('webhook-missing')).toContain('which only asking cdc brought out');
    expect(found.order.verdict).toBe('release');
  });

  it('is not missed when it comes late, or came just before what was fetched', () => {
    const late = polled()
      .settles('cdc')
      .later(5 * MINUTE);
    late.heardWebhook();
    expect(late.codes).not.toContain('webhook-missing');
    const hinted = polled();
    hinted.heardWebhook();
    hinted.now += MINUTE + 1;
    expect(hinted.settles('cdc').later(60 * MINUTE).codes).toContain('webhook-missing');
    const inTime = polled();
    inTime.heardWebhook();
    inTime.now += MINUTE;
    expect(inTime.settles('cdc').later(60 * MINUTE).codes).not.toContain('webhook-missing');
  });
});

it('[DG1] every code has a test here, or one beside it', async () => {
  const { readFile } = await import('node:fs/promises');
  const tests = await Promise.all(
    ['findings.test.ts', 'evaluate.test.ts'].map((name) => readFile(new URL(name, import.meta.url), 'utf8')),
  );
  expect(findingCodes.filter((code) => !tests.join('').includes(`'${code}'`))).toEqual([]);
});

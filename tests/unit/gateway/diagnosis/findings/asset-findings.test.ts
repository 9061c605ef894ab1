import { describe, expect, it } from 'vitest';
import { Case } from '../case.ts';

const CHAIN = 'eip155:1';
const usdc = { chain: CHAIN, asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6, address: '0xd0', amount: '20000000' };

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

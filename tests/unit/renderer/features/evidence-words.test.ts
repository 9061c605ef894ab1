import { describe, expect, it } from 'vitest';
import { evidenceText } from '../../../../renderer/features/case/evidence-words.ts';
import { createStrings } from '../../../../renderer/strings/create-strings.ts';
import { Case, EXPIRES, NOW, eth } from '../../gateway/diagnosis/case.ts';

const english = createStrings('en', []);
const chinese = createStrings('zh-CN', []);
const CHAIN = 'eip155:1';
const HASH = '0xaa';
const told = { witness: 'processor', required: null } as const;
const usdc = { chain: CHAIN, asset: 'erc20:0xa0', symbol: 'USDC', decimals: 6, address: '0xd0', amount: '20000000' };
const observed = (found: Case, trouble: Parameters<Case['ledger']['observations']['sawTransaction']>[2]) => {
  found.ledger.observations.sawTransaction(CHAIN, HASH, trouble);
  return found.later(60_000);
};
const nodes = (state: 'behind' | 'down' | 'disagrees', note?: string) => ({
  nodes: [{ name: 'a.example', state, height: 100, ...(note && { note }) }],
  blockMs: null,
  fee: null,
});
const cases: Readonly<Record<string, () => Case>> = {
  underpaid: () => new Case().pays({ amount: '1000' }),
  overpaid: () => new Case().pays({ amount: '9000000000000000' }),
  late: () => new Case().expires().pays({}, EXPIRES + 195_000),
  'double-payment': () => new Case().pays().pays({ id: 'q', txHash: '0xbb' }),
  reorged: () => new Case().pays().gone('payment.reorged'),
  'reorg-after-release': () => new Case().pays().confirms(1).add('order.released', {}, 'desk').gone('payment.reorged'),
  replaced: () => new Case().pays().gone('payment.replaced').pays({ id: 'q', txHash: '0xbb' }),
  'cancelled-by-sender': () => new Case().pays().gone('payment.replaced'),
  'fee-too-low': () => observed(new Case().pays(), { kind: 'fee-too-low', bid: '1000000000', asked: '2500000000' }),
  'nonce-gap': () => observed(new Case().pays(), { kind: 'nonce-gap', nonce: 7, next: 5 }),
  'not-broadcast': () =>
    observed(new Case({ source: 'cdc' }).pays(told, NOW, 'cdc'), { kind: 'not-found', nodes: 2, since: NOW }),
  'not-paid-here': () => {
    const found = new Case().add('transaction.named', { chain: CHAIN, txHash: HASH }, 'desk');
    const known = { asset: 'native', symbol: 'ETH', decimals: 18, amount: '1000000000000000' };
    const to = '0x00000000000000000000000000000000000000e1';
    const moves = [
      { ...known, to, isWatched: true },
      ...Array.from({ length: 5 }, () => ({ ...known, to, symbol: '0xbad', decimals: null, isWatched: false })),
    ];
    const mined = { height: 7, settlesAt: 12, isSettled: false };
    found.ledger.observations.sawMovements(CHAIN, HASH, { moves, mayMoveMore: true, failed: false, mined });
    return found.later(0);
  },
  'wrong-asset': () => new Case({ order: { pay: [usdc] } }).pays(),
  'wrong-chain': () => new Case({ order: { pay: [usdc] } }).pays({ ...usdc, chain: 'eip155:10', asset: 'erc20:0xb0' }),
  'fake-token': () =>
    new Case({ order: { pay: [usdc] } }).pays({ asset: 'erc20:0xbad', symbol: 'USDC', decimals: null }),
  'expired-unpaid': () => new Case().expires(),
  'chain-not-watched': () => new Case({ watched: [] }),
  confirming: () => new Case({ rules: [{ chain: CHAIN, confirmations: 12 }] }).pays(),
  'witness-conflict': () =>
    new Case({ source: 'cdc', rules: [], policy: { conflictMs: new Map([['main', 1000]]) } })
      .pays(told, NOW, 'cdc')
      .settles('cdc')
      .confirms(1)
      .gone('payment.reorged')
      .later(60_000),
  'node-down': () => {
    const found = new Case().pays();
    found.ledger.observations.sawChain(CHAIN, nodes('down'));
    return found.later(0);
  },
  'node-behind': () => {
    const found = new Case().pays();
    found.ledger.observations.sawChain(CHAIN, nodes('behind', 'is 9 blocks behind'));
    return found.later(0);
  },
};

describe('[DG1] evidence in the language of the screen', () => {
  it.each(Object.keys(cases))('%s is said whole in Chinese, and in English as the gateway wrote it', (code) => {
    const evidence = cases[code]?.().find(code)?.evidence ?? [];
    expect(evidence.length).toBeGreaterThan(0);
    for (const line of evidence) {
      const said = evidenceText(line, chinese.tell);
      // What is left of Latin letters is a name, a unit or a hash, never a word of a sentence.
      expect(said.replace(/0x\w+|\b(?:USDC|ETH|gwei|Ethereum|OP Mainnet|a\.example|node)\b/g, ''), line).not.toMatch(
        /[A-Za-z]{2,}/,
      );
      const named = line.replaceAll(/eip155:1\b/g, 'Ethereum').replaceAll('eip155:10', 'OP Mainnet');
      expect(evidenceText(line, english.tell)).toBe(named);
    }
  });

  it('says amounts, spans and ranges in their places', () => {
    const said = (line: string) => evidenceText(line, chinese.tell);
    expect(said('paid 3 min 15 s after the order expired')).toBe('订单到期 3 分钟 15 秒后付款');
    expect(said('about 2–6 min more')).toBe('还需约 2 至 6 分钟');
    expect(said('up to about 45 s once it gets into blocks')).toBe('上链后需要最多约 45 秒');
    expect(said('8000 base units of XYZ too much')).toBe('多付 8000 个 XYZ 最小单位');
    expect(said(`our node: 1 ETH and 2 USDC is as deep as is required`)).toBe(
      '自有节点：1 ETH 和 2 USDC 的确认数已达到要求',
    );
    expect(said('needed by eip155:1 up to 100 USD: 1 confirmation')).toBe(
      '按规则需要：Ethereum，100 USD 以内：1 次确认',
    );
    expect(said("cdc can't be asked: refused the API key (401): check apiKey")).toBe(
      '无法查询 cdc：拒绝了 API 密钥（401）：请检查 apiKey',
    );
  });

  it('leaves what a later version puts forward as it was written', () => {
    expect(evidenceText('the moon is full', chinese.tell)).toBe('the moon is full');
    expect(evidenceText(`${eth.symbol} sings`, chinese.tell)).toBe('ETH sings');
  });
});

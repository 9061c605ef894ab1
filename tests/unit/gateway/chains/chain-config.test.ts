import { describe, expect, test } from 'vitest';
import { directOrderSchema } from '../../../../contract/protocol.ts';
import { compose } from '../../../../gateway/compose.ts';
import { parseConfig } from '../../../../gateway/config/parse-config.ts';
import { directOrderReport } from '../../../../gateway/sources/direct/direct-order.ts';

const BITCOIN = 'bip122:000000000019d6689c085ae165831e93';
const USDC = '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48';
const OTHER = '0x52908400098527886E0F7030069857D2E4169EE7';
/** One letter in the other case. */
const MISTYPED = '0xA0b86991c6218b36c1d19d4a2e9Eb0cE3606eB48';
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

function faults(chain: string): readonly [string, string][] {
  const parsed = parseConfig(`chains:\n  - ${chain}\n`, {});
  return parsed.ok ? [] : parsed.faults.map(({ field, message }) => [field, message] as const);
}

describe('chains in gateway.yaml', () => {
  test('each kind becomes its watcher', () => {
    const parsed = parseConfig(
      `
chains:
  - { id: "eip155:1", kind: evm, rpc: ["https://a.example"], confirmations: finalized }
  - { id: "${BITCOIN}", kind: bitcoin, confirmations: 2, rpc: ["http://u:p@127.0.0.1:8332"], esplora: ["https://b.example/api"] }
`,
      {},
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    const options = compose(parsed.config, { version: '1', dataDir: '/nowhere', clock: Date, log });
    expect(options.chains.map(({ id, kind }) => [id, kind])).toEqual([
      ['eip155:1', 'evm'],
      [BITCOIN, 'bitcoin'],
    ]);
  });

  test.each([
    ['another kind', '{ id: "eip155:1", kind: solana }', 'chains.0.kind', /evm, bitcoin/],
    [
      'a depth that is neither number nor name',
      '{ id: "eip155:1", kind: evm, rpc: ["https://a.example"], confirmations: soon }',
      'chains.0.confirmations',
      /safe or finalized/,
    ],
    [
      'a mistyped token',
      `{ id: "eip155:1", kind: evm, rpc: ["https://a.example"], confirmations: 1, tokens: [{ symbol: USDC, address: "${MISTYPED}", decimals: 6 }] }`,
      'chains.0.tokens.0.address',
      /checksum/,
    ],
    [
      'Bitcoin of no network',
      '{ id: "bip122:00000000000000000000000000000000", kind: bitcoin, confirmations: 2, rpc: ["http://127.0.0.1"] }',
      'chains.0.id',
      /one of Bitcoin's networks/,
    ],
    [
      'Bitcoin without an endpoint',
      `{ id: "${BITCOIN}", kind: bitcoin, confirmations: 2 }`,
      'chains.0.rpc',
      /endpoint/,
    ],
    [
      'Bitcoin with a wallet of another network',
      `{ id: "${BITCOIN}", kind: bitcoin, confirmations: 2, rpc: ["http://127.0.0.1"], wallets: ["tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"] }`,
      'chains.0.wallets.0',
      /another network/,
    ],
    [
      'finalized, which Bitcoin does not know',
      `{ id: "${BITCOIN}", kind: bitcoin, confirmations: finalized, rpc: ["http://127.0.0.1"] }`,
      'chains.0.confirmations',
      /number/,
    ],
  ])('%s is refused where it stands', (_, chain, field, message) => {
    expect(faults(chain)).toEqual([[field, expect.stringMatching(message)]]);
  });
});

describe('addresses of direct orders', () => {
  function mapped(option: { chain: string; asset?: string; address: string }) {
    const pay = [{ asset: 'native', amount: '1000', ...option }];
    const input = directOrderSchema.parse({ reference: 'A', price: { currency: 'USD', amount: '1' }, pay });
    const policy = { lateGraceMinutes: 60, underpaidBasisPoints: 0 };
    return directOrderReport({ store: 'main', sourceRef: 'r', input, chains: [], policy, now: 0 });
  }

  test.each([
    { chain: 'eip155:1', address: USDC },
    { chain: 'eip155:1', address: USDC.toLowerCase() },
    // By EIP-1191, in which this chain counts its number in.
    { chain: 'eip155:30', address: '0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD' },
    { chain: BITCOIN, address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4' },
    { chain: BITCOIN, address: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' },
    { chain: 'cosmos:cosmoshub-4', address: 'cosmos1whatever' },
  ])('$address on $chain is taken', (option) => {
    expect(mapped(option)).toMatchObject({ ok: true });
  });

  test.each([
    [{ chain: 'eip155:1', address: MISTYPED }, 'pay.0.address', /EIP-55/],
    [{ chain: 'eip155:1', address: '0x5aaEB6053f3e94c9b9a09f33669435E7ef1bEAeD' }, 'pay.0.address', /EIP-55/],
    [{ chain: 'eip155:1', asset: `erc20:${MISTYPED}`, address: OTHER }, 'pay.0.asset', /token's address has a wrong/],
    [{ chain: BITCOIN, address: 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5' }, 'pay.0.address', /mistyped/],
    [{ chain: BITCOIN, address: 'tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx' }, 'pay.0.address', /another network/],
    [{ chain: BITCOIN, address: USDC }, 'pay.0.address', /no Bitcoin address/],
  ])('%o is refused', (option, field, message) => {
    expect(mapped(option)).toMatchObject({
      ok: false,
      faults: [{ field, message: expect.stringMatching(message) as string }],
    });
  });

  test('Bitcoin’s coin is BTC with 8 decimals', () => {
    const mapping = mapped({ chain: BITCOIN, address: '1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2' });
    const drafts = mapping.ok ? mapping.report.decide(undefined) : [];
    expect(drafts[0]?.data).toMatchObject({ order: { pay: [{ symbol: 'BTC', decimals: 8 }] } });
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { merkleRoot, readBlock } from '../../../../../gateway/chains/bitcoin/raw-block.ts';
import { readTransactionHex } from '../../../../../gateway/chains/bitcoin/raw-transaction.ts';
import { REGTEST_GENESIS } from '../../../../support/bitcoin-node/scripted-chain.ts';
import { serialisedBlock, serialisedTransaction } from '../../../../../demo/chains/bitcoin/serialise.ts';

const hex = (bytes: number) =>
  fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((each) => Buffer.from(each).toString('hex'));
const parts = fc.record({
  inputs: fc.array(
    fc.tuple(hex(32), fc.nat(1_000)).map(([txid, vout]) => `${txid}:${vout}`),
    { minLength: 1, maxLength: 5 },
  ),
  outputs: fc.array(fc.record({ script: hex(22), value: fc.bigInt(0n, 21n * 10n ** 14n) }), {
    minLength: 1,
    maxLength: 5,
  }),
  segwit: fc.boolean(),
  lockTime: fc.nat(),
});

function blockOf(...raws: readonly string[]) {
  const transactions = raws.map((raw) => ({ raw, txid: readTransactionHex(raw).txid }));
  return serialisedBlock({ parentHash: 'ab'.repeat(32), time: 1_700_000_000, nonce: 7, transactions });
}

describe('raw blocks and transactions', () => {
  test('block 0 of regtest reads as it is', () => {
    const { hash, raw } = REGTEST_GENESIS;
    const block = readBlock(Buffer.from(raw, 'hex'), hash, 0);
    expect(block).toMatchObject({ number: 0, hash, parentHash: '0'.repeat(64), at: 1_296_688_602_000 });
    expect(block.transactions).toMatchObject([
      {
        txid: '4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b',
        inputs: [],
        outputs: [{ value: 5_000_000_000n }],
      },
    ]);
  });

  test('what is written is read, whatever it is', () => {
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 6 }), (all) => {
        const { hash, raw } = blockOf(...all.map((parts) => serialisedTransaction(parts).raw));
        const { transactions } = readBlock(Buffer.from(raw, 'hex'), hash, 3);
        expect(transactions.map(({ inputs, outputs }) => ({ inputs, outputs }))).toEqual(
          all.map(({ inputs, outputs }) => ({ inputs, outputs })),
        );
      }),
      { numRuns: 100 },
    );
  });

  test('a witness is no part of a transaction’s identity', () => {
    const one = { inputs: [`${'cd'.repeat(32)}:0`], outputs: [{ script: '51', value: 1n }] };
    const [plain, witnessed] = [false, true].map((segwit) => serialisedTransaction({ ...one, segwit }).raw);
    expect(plain).not.toBe(witnessed);
    expect(readTransactionHex(plain!).txid).toBe(readTransactionHex(witnessed!).txid);
  });

  test.each([
    ['another hash', (raw: string) => raw, 'f'.repeat(64), /another hash/],
    ['a transaction made up', (raw: string) => raw.replace('0151', '0152'), null, /made up/],
    ['an early end', (raw: string) => raw.slice(0, -20), null, /end early/],
    ['a count beyond all bounds', (raw: string) => `${raw.slice(0, 160)}ffffffffffffffff7f`, null, /end early/],
  ])('a block with %s is refused', (_, change, hash, reason) => {
    const { raw } = serialisedTransaction({ inputs: [], outputs: [{ script: '51', value: 1n }] });
    const block = blockOf(raw);
    expect(() => readBlock(Buffer.from(change(block.raw), 'hex'), hash ?? block.hash, 3)).toThrow(reason);
  });

  test('the merkle root pairs an odd one with itself', () => {
    const [a, b, c] = ['aa', 'bb', 'cc'].map((each) => each.repeat(32));
    expect(merkleRoot([a!])).toBe(a);
    expect(merkleRoot([a!, b!, c!])).toBe(merkleRoot([a!, b!, c!, c!]));
  });
});

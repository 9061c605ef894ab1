import { describe, expect, it } from 'vitest';
import {
  BITCOIN_FEES,
  bitcoinAddress,
  PAYING_OUTPUT,
  PretendBitcoin,
  scriptOf,
} from '../../../../../demo/chains/bitcoin/chain.ts';
import type { BitcoinState } from '../../../../../demo/chains/bitcoin/chain.ts';
import { seededRandom } from '../../../../../demo/clock/random.ts';
import { readAddress } from '../../../../../gateway/chains/bitcoin/address.ts';
import { bitcoinNetwork } from '../../../../../gateway/chains/bitcoin/network.ts';
import { readBlock } from '../../../../../gateway/chains/bitcoin/raw-block.ts';
import { readTransactionHex } from '../../../../../gateway/chains/bitcoin/raw-transaction.ts';

const START = 1_790_000_000_000;
const random = seededRandom('bitcoin');
const address = bitcoinAddress(random);

describe('the pretend Bitcoin', () => {
  it('makes addresses that are regtest’s, and the scripts they stand for', () => {
    const network = bitcoinNetwork('bip122:0f9188f13cb7b2c71f2a335e3a4fc328');
    expect(network && readAddress(address, network)).toEqual({ script: scriptOf(address) });
  });

  it('shows blocks that a reader who checks every hash takes, linked from regtest’s first on', () => {
    const bitcoin = new PretendBitcoin(random, START);
    const sent = [1n, 2n, 3n].map((value) => bitcoin.send({ to: address, value }));
    const head = bitcoin.mine(START);
    for (let number = 0; number <= head.number; number += 1) {
      const block = bitcoin.blockAt(number)!;
      const read = readBlock(Buffer.from(block.raw, 'hex'), block.hash, number);
      expect(read.parentHash).toBe(number === 0 ? '0'.repeat(64) : bitcoin.blockAt(number - 1)?.hash);
      expect(bitcoin.block(block.hash)).toBe(block);
    }
    const { transactions } = readBlock(Buffer.from(head.raw, 'hex'), head.hash, head.number);
    expect(transactions.slice(1).map(({ txid }) => txid)).toEqual(sent.map(({ txid }) => txid));
    expect(transactions[1]?.outputs[PAYING_OUTPUT]).toEqual({ script: scriptOf(address), value: 1n });
  });

  it('has blocks from before its start, as far apart as was said', () => {
    const bitcoin = new PretendBitcoin(random, START, undefined, 20_000);
    const times = [1, 2, 3, 4, 5, 6].map((number) => bitcoin.blockAt(number)?.time);
    expect(times).toEqual([120, 100, 80, 60, 40, 20].map((before) => START / 1000 - before));
  });

  it('lets what bids too little wait, and what spends the same take its place', () => {
    const bitcoin = new PretendBitcoin(random, START);
    const slow = bitcoin.send({ to: address, value: 5n, feeRate: BITCOIN_FEES.next - 1 });
    bitcoin.mine(START);
    expect(bitcoin.find(slow.txid)).toMatchObject({ block: null });
    const fast = bitcoin.send({ to: address, value: 5n, inputs: slow.inputs });
    expect(bitcoin.pool()).toEqual([fast]);
    expect(bitcoin.spenderOf(slow.inputs[0]!)).toBe(fast);
    const block = bitcoin.mine(START);
    expect(bitcoin.find(fast.txid)).toEqual({ transaction: fast, block });
    expect(bitcoin.find(slow.txid)).toBeUndefined();
    expect(readTransactionHex(fast.raw).inputs).toEqual(slow.inputs);
  });

  it('continues from what was saved', () => {
    const bitcoin = new PretendBitcoin(random, START);
    bitcoin.send({ to: address, value: 5n });
    const again = new PretendBitcoin(
      random,
      START + 60_000,
      JSON.parse(JSON.stringify(bitcoin.state())) as BitcoinState,
    );
    expect(again.head()).toEqual(bitcoin.head());
    expect(again.mine(START + 60_000)).toMatchObject({ parentHash: bitcoin.head().hash, transactions: [{}] });
  });
});

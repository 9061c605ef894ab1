import { describe, expect, test } from 'vitest';
import { evmAssets } from '../../../../../gateway/chains/evm/assets.ts';
import { TRANSFER_TOPIC, addressTopic } from '../../../../../gateway/chains/evm/erc20.ts';
import { movementsOf } from '../../../../../gateway/chains/evm/movements.ts';
import type { EvmLog, EvmReceipt, EvmTransaction } from '../../../../../gateway/chains/evm/node.ts';

const [USDC, UNKNOWN] = ['0x00000000000000000000000000000000000000a0', '0x00000000000000000000000000000000000000b0'];
const [SENDER, OTHER] = ['0x00000000000000000000000000000000000000c0', '0x00000000000000000000000000000000000000d0'];
const assets = evmAssets({
  ...{ id: 'eip155:1', confirmations: 3, native: { symbol: 'ETH', decimals: 18 } },
  tokens: [{ symbol: 'USDC', address: USDC, decimals: 6 }],
});
const sent: EvmTransaction = {
  ...{ hash: '0x01', from: SENDER, to: OTHER, value: 5n, input: '0x', nonce: 0, bid: null, block: null },
};
const word = (value: bigint) => value.toString(16).padStart(64, '0');
const transfer = (to: string, amount: bigint) => `0xa9059cbb${addressTopic(to).slice(2)}${word(amount)}`;
const log = (token: string, to: string, amount: bigint, index = 0): EvmLog => ({
  ...{ address: token, topics: [TRANSFER_TOPIC, addressTopic(SENDER), addressTopic(to)], data: `0x${word(amount)}` },
  ...{ transactionHash: sent.hash, index, block: { number: 1, hash: '0xb1' } },
});
const mined = (logs: readonly EvmLog[] = [], succeeded = true): EvmReceipt => ({
  ...{ transactionHash: sent.hash, succeeded, block: { number: 1, hash: '0xb1' }, logs },
});
const call = (to: string, input: string): EvmTransaction => ({ ...sent, to, value: 0n, input });
const shown = (transaction: EvmTransaction, receipt: EvmReceipt | null, code: boolean | null = false, watched = '') =>
  movementsOf({ hasCode: async () => code }, { transaction, receipt }, { has: (key) => key === watched }, assets);

describe('what an EVM transaction moves', () => {
  test('coins to an address without code, mined or waiting, and nothing beside', async () => {
    const moves = [
      { to: expect.stringMatching(/d0$/i) as string, asset: 'native', symbol: 'ETH', decimals: 18, amount: '5' },
    ];
    for (const receipt of [null, mined()]) {
      expect(await shown(sent, receipt)).toMatchObject({ moves, mayMoveMore: false, failed: false });
    }
  });

  test.each([true, null])('may move more where code runs, or the node does not say (%s)', async (code) => {
    expect(await shown(sent, mined(), code)).toMatchObject({ moves: [{ amount: '5' }], mayMoveMore: true });
  });

  test('a configured token moves what its logs say, and in the pool what it is told to', async () => {
    const paying = call(USDC, transfer(OTHER, 7n));
    expect(await shown(paying, null, true)).toMatchObject({
      moves: [{ symbol: 'USDC', amount: '7' }],
      mayMoveMore: false,
    });
    const taxed = mined([log(USDC, USDC, 1n), log(USDC, OTHER, 6n, 1)]);
    expect((await shown(paying, taxed, true)).moves.map(({ amount }) => amount)).toEqual(['1', '6']);
    expect(await shown(paying, mined(), true)).toMatchObject({ moves: [], mayMoveMore: false });
  });

  test('an unknown contract is taken for a token only where its one log says what it was told', async () => {
    const paying = call(UNKNOWN, transfer(OTHER, 7n));
    expect(await shown(paying, mined([log(UNKNOWN, OTHER, 7n)]), true)).toMatchObject({
      moves: [{ symbol: UNKNOWN, decimals: null, amount: '7' }],
      mayMoveMore: false,
    });
    expect(await shown(paying, mined([log(UNKNOWN, OTHER, 6n)]), true)).toMatchObject({ mayMoveMore: true });
    expect(await shown(paying, null, true)).toMatchObject({ moves: [], mayMoveMore: true });
    const withCoins = { ...paying, value: 1n };
    expect(await shown(withCoins, mined([log(UNKNOWN, OTHER, 7n)]), true)).toMatchObject({ mayMoveMore: true });
  });

  test('one that failed moved nothing, and one that makes a contract may move anything', async () => {
    expect(await shown(sent, mined([], false), true)).toEqual({ moves: [], mayMoveMore: false, failed: true });
    expect(await shown({ ...sent, to: null }, mined())).toEqual({ moves: [], mayMoveMore: true, failed: false });
  });

  test('what goes to a watched address comes first', async () => {
    const logs = [log(USDC, SENDER, 1n), log(USDC, OTHER, 2n, 1)];
    const { moves } = await shown(call(UNKNOWN, '0x12345678'), mined(logs), true, OTHER);
    expect(moves).toMatchObject([
      { amount: '2', isWatched: true },
      { amount: '1', isWatched: false },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { encodeFunctionData, erc20Abi } from 'viem';
import { addressTopic, transferOfCall, transferOfLog } from '../../../../../gateway/chains/evm/erc20.ts';
import { PAYEE, PAYER, STRANGER, TOKEN, coins, hashOf, transferLog } from '../../../../support/anvil/pretend-node.ts';

const payee = PAYEE as `0x${string}`;

describe('ERC-20', () => {
  test('a Transfer log says who moved how much to whom', () => {
    expect(transferOfLog(transferLog(hashOf('tx', 1), { value: 2n ** 200n }))).toEqual({
      from: PAYER,
      to: PAYEE,
      amount: 2n ** 200n,
    });
  });

  test.each([
    ['an ERC-721 Transfer', { topics: [...transferLog('', {}).topics, addressTopic(TOKEN)] }],
    ['another event', { topics: [`0x${'7'.repeat(64)}`, addressTopic(PAYER), addressTopic(PAYEE)] }],
    ['an anonymous event', { topics: [] }],
    ['data of another length', { data: '0x' }],
  ])('%s is no transfer', (_, change) => {
    expect(transferOfLog({ ...transferLog(hashOf('tx', 1), {}), ...change })).toBeNull();
  });

  test('calls of transfer and transferFrom say what they intend', () => {
    const transfer = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [payee, 5n] });
    expect(transferOfCall(coins(1, { input: transfer }))).toEqual({ from: PAYER, to: PAYEE, amount: 5n });
    const args = [STRANGER as `0x${string}`, payee, 6n] as const;
    const from = encodeFunctionData({ abi: erc20Abi, functionName: 'transferFrom', args });
    expect(transferOfCall(coins(1, { input: from }))).toEqual({ from: STRANGER, to: PAYEE, amount: 6n });
  });

  test.each(['0x', '0xa9059cbb', '0xa9059cbb00', '0x095ea7b3'])('a call of %s is no transfer', (input) => {
    expect(transferOfCall(coins(1, { input }))).toBeNull();
  });
});

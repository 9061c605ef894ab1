import { describe, expect, test } from 'vitest';
import type { Payment } from '../../../../../contract/order.ts';
import { replacedBy } from '../../../../../gateway/chains/evm/replaced.ts';
import { Signers } from '../../../../../gateway/chains/evm/signers.ts';
import { evmForm } from '../../../../../gateway/chains/evm/evm-kind.ts';
import { OrderWatchList } from '../../../../../gateway/chains/follow/watch-list.ts';
import { orderPaidBy } from '../../../../support/anvil/chain-orders.ts';
import { MemoryLedger } from '../../../../support/anvil/memory-ledger.ts';
import { PAYEE, PAYER, STRANGER, coins, hashOf } from '../../../../support/anvil/pretend-node.ts';
import { CHAIN } from '../../../../support/anvil/watcher-desk.ts';

async function listWith(more: Partial<Payment>) {
  const ledger = new MemoryLedger();
  await ledger.place('o', orderPaidBy({ address: PAYEE }));
  const payment: Payment = {
    ...{ id: 'p', chain: CHAIN, asset: 'native', symbol: 'ETH', decimals: 18, amount: '1', txHash: hashOf('tx', 1) },
    ...{ required: 3, witness: 'node', confirmations: null, state: 'seen', seenAt: 0 },
    ...more,
  };
  return new OrderWatchList(evmForm(CHAIN), [{ ...(await ledger.order('main', 'o'))!, payments: [payment] }]);
}

describe('replacement', () => {
  const signed = { by: PAYER, nonce: 7 };
  const other = coins(2, { nonce: 7 });

  test.each<[string, Partial<Payment>, ReturnType<typeof coins>, string[]]>([
    ['the same signer and nonce in another transaction', { signed }, other, [other.hash]],
    ['whatever the case of the address', { signed: { by: PAYER.toUpperCase(), nonce: 7 } }, other, [other.hash]],
    ['the transaction itself', { signed }, coins(1, { nonce: 7 }), []],
    ['another nonce', { signed }, coins(2, { nonce: 8 }), []],
    ['another signer', { signed }, coins(2, { nonce: 7, from: STRANGER }), []],
    ['a payment that is mined', { signed, state: 'confirming', block: { number: 1, hash: 'x' } }, other, []],
    ['a payment that its processor settled before it was mined', { signed, state: 'settled' }, other, [other.hash]],
    ['a payment of which nobody knows the signer', {}, other, []],
  ])('%s', async (_, payment, mined, expected) => {
    const found = replacedBy([mined], await listWith(payment), new Signers(), null);
    expect(found.map(({ by }) => by)).toEqual(expected);
  });

  test('what was learnt of a signer serves where the payment does not say it', async () => {
    const signers = new Signers();
    signers.learn(coins(1, { nonce: 7 }));
    expect(replacedBy([other], await listWith({}), signers, null)).toHaveLength(1);
  });
});

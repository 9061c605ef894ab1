/** How orders of the shop's own go that are paid in bitcoin. */
import { BITCOIN_FEES } from '../chains/bitcoin/chain.ts';
import { DEMO_BITCOIN } from '../chains/networks.ts';
import type { Sale } from '../stage/sales.ts';
import type { Stage } from '../stage/stage.ts';
import { toThePhone } from './scenario.ts';
import type { Scenario } from './scenario.ts';

async function bitcoinSale(stage: Stage): Promise<Sale> {
  const sale = await stage.sellDirect({ symbol: 'BTC', chain: DEMO_BITCOIN, expiresInSeconds: 900 });
  await toThePhone(stage);
  return sale;
}

async function bitcoin(stage: Stage): Promise<void> {
  const sale = await bitcoinSale(stage);
  const { txid } = stage.bitcoin.send({ to: sale.address, value: sale.due });
  stage.say(sale.reference, 'paid in bitcoin');
  if (await stage.confirmedInBitcoin(txid, 1)) stage.say(sale.reference, '→ in a block');
}

/** Bids what is in a block within the hour, then replaces it by what the next block takes. */
async function bitcoinReplaced(stage: Stage): Promise<void> {
  const sale = await bitcoinSale(stage);
  const spend = { to: sale.address, value: sale.due };
  const { inputs } = stage.bitcoin.send({ ...spend, feeRate: BITCOIN_FEES.hour + 1 });
  stage.say(sale.reference, 'paid in bitcoin with a low fee …');
  await stage.wait(15_000);
  stage.bitcoin.send({ ...spend, inputs });
  stage.say(sale.reference, '→ replaced by the same with a higher fee');
}

export const bitcoinScenarios = {
  bitcoin,
  'bitcoin-replaced': bitcoinReplaced,
} as const satisfies Readonly<Record<string, Scenario>>;

/** A stage whose time passes when it is told to, and what came of it. */
import { onTestFinished } from 'vitest';
import { PretendBitcoin } from '../../../../demo/chains/bitcoin/chain.ts';
import { createChain } from '../../../../demo/chains/evm/chain.ts';
import { PretendNode } from '../../../../demo/chains/evm/node.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { createTimers } from '../../../../demo/clock/timers.ts';
import { PretendBtcPay } from '../../../../demo/processors/btcpay/server.ts';
import type { BtcPayEvent } from '../../../../demo/processors/btcpay/server.ts';
import { PretendCoinbase } from '../../../../demo/processors/coinbase/checkouts.ts';
import { createProcessor } from '../../../../demo/processors/crypto-com-pay/processor.ts';
import type { Envelope } from '../../../../demo/processors/crypto-com-pay/processor.ts';
import { playProgramme } from '../../../../demo/programme/play.ts';
import { scenarios } from '../../../../demo/programme/programme.ts';
import type { ScenarioName } from '../../../../demo/scenarios/names.ts';
import type { ShopOrder } from '../../../../demo/shop/till.ts';
import { Outages } from '../../../../demo/stage/outages.ts';
import { BITCOIN_PACE, createStage } from '../../../../demo/stage/stage.ts';
import { manualTimers } from '../clock/manual-timers.ts';

export const START = 1_790_000_000_000;
const BLOCK = 4_000;
/** Every scenario is over by then. */
const LONGEST_MS = 8 * 60_000;

/** @param place refuses an order by throwing */
export function manualStage(seed = 'stage', place?: (order: ShopOrder) => void) {
  const source = manualTimers(START);
  const timers = createTimers(source);
  onTestFinished(() => timers.close());
  const random = seededRandom(seed);
  const chain = createChain(7, START);
  const [orders, sent, lines]: [ShopOrder[], Envelope[], string[]] = [[], [], []];
  const onWebhook = (envelope: Envelope) => void sent.push(envelope);
  const processor = createProcessor({ random: seededRandom(`${seed}p`), now: source.now, onWebhook });
  const sideChain = createChain(8, START);
  const bitcoin = new PretendBitcoin(seededRandom(`${seed}b`), START);
  const [invoiceEvents, checkoutEvents]: [BtcPayEvent[], object[]] = [[], []];
  const btcpay = new PretendBtcPay({
    storeId: 'shop',
    random: seededRandom(`${seed}i`),
    timers,
    onWebhook: (event) => void invoiceEvents.push(event),
  });
  const coinbase = new PretendCoinbase({
    random: seededRandom(`${seed}c`),
    timers,
    onWebhook: (event) => void checkoutEvents.push(event),
  });
  const named: { orderId: string; txHash: string }[] = [];
  let last = 0;
  const stage = createStage({
    random,
    timers,
    chain,
    side: { chain: sideChain, nodes: [new PretendNode(sideChain), new PretendNode(sideChain)] },
    bitcoin,
    processor,
    btcpay,
    coinbase,
    outages: new Outages(),
    blockMs: BLOCK,
    nextReference: () => `A-${(last += 1)}`,
    place: async (order) => {
      place?.(order);
      orders.push(order);
      return `ord-${orders.length}`;
    },
    name: async (orderId, txHash) => void named.push({ orderId, txHash }),
    say: (line) => void lines.push(line),
  });
  let blocks = 0;
  const mine = () => {
    chain.mine(source.now());
    sideChain.mine(source.now());
    blocks += 1;
    if (blocks % BITCOIN_PACE === 0) bitcoin.mine(source.now());
    timers.after(BLOCK, mine);
  };
  mine();
  const ready = async () => new Response('', { status: 200 });
  const gateway = () => ({ url: 'http://gateway', key: 'k' });
  const programme = (options: { rate: number; scenario: ScenarioName | null; once: number | null }) =>
    playProgramme({ options, stage, gateway, fetch: ready, say: (line) => lines.push(line), fresh: true });
  const mined = () => chain.state().blocks.flatMap(({ transactions }) => transactions);
  const sold = () =>
    orders.length + processor.payments().length + btcpay.invoices().length + coinbase.checkouts().length;
  const pretend = { named, chain, sideChain, bitcoin, processor, btcpay, coinbase };
  return {
    source,
    timers,
    ...pretend,
    stage,
    orders,
    sent,
    invoiceEvents,
    checkoutEvents,
    sold,
    lines,
    mined,
    programme,
  };
}

/** A scenario on a stage of its own, to its end. */
export async function played(name: ScenarioName, seed?: string) {
  const world = manualStage(seed);
  const run = scenarios[name](world.stage);
  await world.source.pass(LONGEST_MS);
  await run;
  return world;
}

/** The pretend world: its chains, its processors, and how their webhooks get to the gateway. */
import { PretendBitcoin } from './bitcoin-chain.ts';
import { PretendBtcPay } from './btcpay.ts';
import { btcPayHabits } from './btcpay-api.ts';
import { createChain } from './chain.ts';
import type { Chain } from './chain.ts';
import { PretendCoinbase } from './coinbase.ts';
import { coinbaseHabits } from './coinbase-api.ts';
import { BTCPAY_SOURCE, BTCPAY_STORE, COINBASE_SOURCE, DEMO_CHAIN_ID, SIDE_CHAIN_ID } from './gateway-config.ts';
import type { DemoOptions } from './options.ts';
import { Outages } from './outages.ts';
import { PretendNode } from './pretend-node.ts';
import { createProcessor } from './processor.ts';
import type { Processor } from './processor.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import type { SavedState } from './saved-state.ts';
import type { GatewayAccess } from './shop.ts';
import type { SideChain } from './stage-parts.ts';
import { createTimers } from './timers.ts';
import type { Timers, TimerSource } from './timers.ts';
import { createWebhookSender, mildMischief } from './webhook-sender.ts';
import type { WebhookHabits, WebhookSender } from './webhook-sender.ts';
import { paySignature } from './webhook-signature.ts';

export interface WorldParts {
  readonly options: Pick<DemoOptions, 'source' | 'seed' | 'blockMs'>;
  readonly webhookSecret: string;
  readonly timers: TimerSource;
  readonly fetch: typeof fetch;
  readonly say: (line: string) => void;
}

export interface World {
  readonly random: Random;
  readonly timers: Timers;
  readonly chain: Chain;
  readonly side: SideChain;
  readonly bitcoin: PretendBitcoin;
  readonly processor: Processor;
  readonly btcpay: PretendBtcPay;
  readonly coinbase: PretendCoinbase;
  /** The Crypto.com Pay's first. */
  readonly senders: readonly [WebhookSender, ...WebhookSender[]];
  readonly gateway: { current: GatewayAccess | null };
  readonly outages: Outages;
}

export function createWorld(parts: WorldParts, saved: SavedState | null): World {
  const { options, webhookSecret } = parts;
  const timers = createTimers(parts.timers);
  const now = () => timers.now();
  const seed = saved === null ? options.seed : `${options.seed}:${saved.runs}`;
  const randomOf = (what: string) => seededRandom(`${seed}:${what}`);
  const gateway: World['gateway'] = { current: null };
  const post = postOffice(parts, { timers, gateway, randomOf });
  const cryptoCom = post(options.source, cryptoComHabits(webhookSecret), saved?.webhooks ?? []);
  const invoices = post(BTCPAY_SOURCE, btcPayHabits(webhookSecret, randomOf('deliveries'), mildMischief));
  const checkouts = post(COINBASE_SOURCE, coinbaseHabits(webhookSecret));
  return {
    ...{ timers, gateway },
    random: seededRandom(seed),
    chain: createChain(DEMO_CHAIN_ID, now(), saved?.chain),
    side: sideChain(options.blockMs, now(), saved?.side),
    bitcoin: new PretendBitcoin(randomOf('bitcoin'), now(), saved?.bitcoin),
    processor: createProcessor({
      random: randomOf('processor'),
      now,
      onWebhook: (envelope) => cryptoCom.send(envelope),
      ...(saved && { state: saved.processor }),
    }),
    btcpay: new PretendBtcPay({
      storeId: BTCPAY_STORE,
      random: randomOf('btcpay'),
      timers,
      onWebhook: (event) => invoices.send(event),
    }),
    coinbase: new PretendCoinbase({
      random: randomOf('coinbase'),
      timers,
      onWebhook: (event) => checkouts.send(event),
    }),
    senders: [cryptoCom, invoices, checkouts],
    outages: new Outages(),
  };
}

function cryptoComHabits(secret: string): WebhookHabits {
  return { sign: (body, now) => ({ 'pay-signature': paySignature(secret, body, now) }) };
}

type Post = (source: string, habits: WebhookHabits, outstanding?: readonly string[]) => WebhookSender;

function postOffice(
  parts: WorldParts,
  { timers, gateway, randomOf }: Pick<World, 'timers' | 'gateway'> & { randomOf: (what: string) => Random },
): Post {
  return (source, habits, outstanding = []) =>
    createWebhookSender({
      habits,
      url: () => gateway.current && `${gateway.current.url}/v1/webhooks/${encodeURIComponent(source)}`,
      random: randomOf(source === parts.options.source ? 'post' : `post:${source}`),
      timers,
      fetch: parts.fetch,
      onTrouble: parts.say,
      outstanding,
    });
}

/** Blocks that it has at its first start, so that nodes can differ by some. */
const SIDE_HISTORY = 12;

function sideChain(blockMs: number, now: number, state: SavedState['side']): SideChain {
  const chain = createChain(SIDE_CHAIN_ID, now - (SIDE_HISTORY + 1) * blockMs, state);
  for (let n = SIDE_HISTORY; n > 0 && !state; n -= 1) chain.mine(now - n * blockMs);
  return { chain, nodes: [new PretendNode(chain), new PretendNode(chain)] };
}

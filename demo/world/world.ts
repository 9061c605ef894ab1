/** The pretend world: its chains, its processors, and how their webhooks get to the gateway. */
import { PretendBitcoin } from '../chains/bitcoin/chain.ts';
import { createChain } from '../chains/evm/chain.ts';
import { sideChain } from '../chains/evm/side-chain.ts';
import { DEMO_CHAIN_ID } from '../chains/networks.ts';
import { seededRandom } from '../clock/random.ts';
import type { Random } from '../clock/random.ts';
import { createTimers } from '../clock/timers.ts';
import type { Timers, TimerSource } from '../clock/timers.ts';
import { btcPayHabits } from '../processors/btcpay/api.ts';
import { PretendBtcPay } from '../processors/btcpay/server.ts';
import { coinbaseHabits } from '../processors/coinbase/api.ts';
import { PretendCoinbase } from '../processors/coinbase/checkouts.ts';
import { createProcessor } from '../processors/crypto-com-pay/processor.ts';
import { paySignature } from '../processors/crypto-com-pay/webhook-signature.ts';
import { createWebhookSender, mildMischief } from '../processors/webhook-sender.ts';
import type { WebhookHabits, WebhookSender } from '../processors/webhook-sender.ts';
import type { GatewayAccess } from '../shop/till.ts';
import { Outages } from '../stage/outages.ts';
import { BITCOIN_PACE } from '../stage/stage.ts';
import type { Scenery } from '../stage/stage-parts.ts';
import { BTCPAY_SOURCE, BTCPAY_STORE, COINBASE_SOURCE } from './gateway-config.ts';
import type { SavedState } from './saved-state.ts';

export interface WorldOptions {
  /** Id of the gateway's source that the pretend Crypto.com Pay's webhooks go to. */
  readonly source: string;
  readonly seed: string;
  readonly blockMs: number;
}

export interface WorldParts {
  readonly options: WorldOptions;
  readonly webhookSecret: string;
  readonly timers: TimerSource;
  readonly fetch: typeof fetch;
  readonly say: (line: string) => void;
}

export interface World extends Scenery {
  readonly timers: Timers;
  /** The Crypto.com Pay's first. */
  readonly senders: readonly [WebhookSender, ...WebhookSender[]];
  readonly gateway: { current: GatewayAccess | null };
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
    bitcoin: new PretendBitcoin(randomOf('bitcoin'), now(), saved?.bitcoin, BITCOIN_PACE * options.blockMs),
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

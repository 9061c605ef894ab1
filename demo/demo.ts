/** The pretend world put together: chain, processor, shop, and the programme that is played on it. */
import { openApiServer } from './api-front.ts';
import type { ApiRequest, ApiServer } from './api-front.ts';
import { createChain } from './chain.ts';
import type { Chain } from './chain.ts';
import { openChainServer } from './chain-server.ts';
import type { ChainServer } from './chain-server.ts';
import { DEMO_CHAIN_ID, gatewayConfig } from './gateway-config.ts';
import type { DemoOptions } from './options.ts';
import { Outages } from './outages.ts';
import { playProgramme } from './play.ts';
import { answerApi } from './processor-api.ts';
import { createProcessor } from './processor.ts';
import type { Processor } from './processor.ts';
import { seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { loadState, saveState } from './saved-state.ts';
import type { SavedState } from './saved-state.ts';
import { placeOrder } from './shop.ts';
import type { GatewayAccess } from './shop.ts';
import { createStage, wallet } from './stage.ts';
import type { Stage } from './stage.ts';
import { createTimers, Stopped } from './timers.ts';
import type { Timers, TimerSource } from './timers.ts';
import { pointed, quoteIn } from './wares.ts';
import { createWebhookSender } from './webhook-sender.ts';
import type { WebhookSender } from './webhook-sender.ts';
import { paySignature } from './webhook-signature.ts';

/** Where the pretend Crypto.com Pay's interface stands, as the real one's does. */
const PROCESSOR_BASE = '/api';

export interface DemoParts {
  readonly options: Pick<
    DemoOptions,
    'store' | 'source' | 'rate' | 'seed' | 'scenario' | 'once' | 'portProcessor' | 'portChain' | 'blockMs' | 'data'
  >;
  readonly webhookSecret: string;
  readonly apiKey: string;
  /** IANA name of the pretend store's time zone. */
  readonly timeZone: string;
  readonly timers: TimerSource;
  readonly fetch: typeof fetch;
  readonly say: (line: string) => void;
}

export interface Demo {
  readonly processorUrl: string;
  readonly chainUrl: string;
  readonly chainSocketUrl: string;
  /** The gateway.yaml that goes with it. */
  readonly config: string;
  readonly chain: Chain;
  readonly processor: Processor;
  readonly stage: Stage;
  /** Tells where to sell; again for a gateway that moved. */
  introduce(gateway: GatewayAccess): void;
  /**
   * Waits for the gateway and plays.
   * @returns when everything asked for has been played to its end, or the demo was closed
   */
  play(): Promise<void>;
  close(): Promise<void>;
}

const OUT_OF_ORDER = { status: 503, body: { error: { error_message: 'Out of order.' } } };

/** @throws the system's error when a port is taken */
export async function openDemo(parts: DemoParts): Promise<Demo> {
  const saved = parts.options.data === null ? null : loadState(parts.options.data);
  const world = createWorld(parts, saved);
  const api = { ...world, apiKey: parts.apiKey, now: () => world.timers.now(), quote: quoter(world.random) };
  const { outages } = world;
  const answer = (request: ApiRequest) => (outages.isOut('processor') ? OUT_OF_ORDER : answerApi(request, api));
  const processorServer = await openApiServer(answer, PROCESSOR_BASE, parts.options.portProcessor);
  const chainServer = await openChainServer(world.chain, parts.options.portChain, () => outages.isOut('chain')).catch(
    async (error: unknown) => {
      await processorServer.close();
      throw error;
    },
  );
  return new RunningDemo(parts, world, saved, processorServer, chainServer);
}

interface World {
  readonly random: Random;
  readonly timers: Timers;
  readonly chain: Chain;
  readonly processor: Processor;
  readonly sender: WebhookSender;
  readonly gateway: { current: GatewayAccess | null };
  readonly outages: Outages;
}

function createWorld({ options, ...parts }: DemoParts, saved: SavedState | null): World {
  const timers = createTimers(parts.timers);
  const seed = saved === null ? options.seed : `${options.seed}:${saved.runs}`;
  const gateway: World['gateway'] = { current: null };
  const sender = createWebhookSender({
    habits: { sign: (body, now) => ({ 'pay-signature': paySignature(parts.webhookSecret, body, now) }) },
    url: () => gateway.current && `${gateway.current.url}/v1/webhooks/${encodeURIComponent(options.source)}`,
    random: seededRandom(`${seed}:post`),
    timers,
    fetch: parts.fetch,
    onTrouble: parts.say,
    ...(saved && { outstanding: saved.webhooks }),
  });
  const processor = createProcessor({
    random: seededRandom(`${seed}:processor`),
    now: () => timers.now(),
    onWebhook: (envelope) => sender.send(envelope),
    ...(saved && { state: saved.processor }),
  });
  const chain = createChain(DEMO_CHAIN_ID, timers.now(), saved?.chain);
  return { random: seededRandom(seed), timers, chain, processor, sender, gateway, outages: new Outages() };
}

/** What the API asks for a payment that comes by it: CRO at the made-up rate. */
function quoter(random: Random) {
  return (currency: string, amount: string) => ({
    cryptoCurrency: 'CRO',
    cryptoAmount: pointed(quoteIn('CRO', { currency, amount }), 'CRO'),
    depositAddress: wallet(random),
  });
}

class RunningDemo implements Demo {
  readonly processorUrl: string;
  readonly chainUrl: string;
  readonly chainSocketUrl: string;
  readonly config: string;
  readonly chain: Chain;
  readonly processor: Processor;
  readonly stage: Stage;
  readonly #parts: DemoParts;
  readonly #world: World;
  readonly #saved: SavedState | null;
  readonly #servers: readonly { close(): Promise<void> }[];
  #lastReference: number;

  constructor(parts: DemoParts, world: World, saved: SavedState | null, processor: ApiServer, chain: ChainServer) {
    this.#parts = parts;
    this.#world = world;
    this.#saved = saved;
    this.#servers = [processor, chain];
    this.#lastReference = saved?.lastReference ?? 1_040;
    this.chain = world.chain;
    this.processor = world.processor;
    this.processorUrl = processor.url;
    this.chainUrl = chain.url;
    this.chainSocketUrl = chain.socketUrl;
    this.stage = this.#createStage();
    this.config = gatewayConfig({
      ...parts.options,
      timeZone: parts.timeZone,
      processorUrl: processor.url,
      chainUrl: chain.url,
      chainSocketUrl: chain.socketUrl,
    });
    this.#save();
    this.#mineOn();
  }

  introduce(gateway: GatewayAccess): void {
    this.#world.gateway.current = gateway;
  }

  async play(): Promise<void> {
    try {
      await playProgramme({
        ...this.#parts,
        stage: this.stage,
        gateway: () => this.#world.gateway.current,
        fresh: this.#saved === null,
      });
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  async close(): Promise<void> {
    this.#world.timers.close();
    await this.#world.sender.close();
    await Promise.all(this.#servers.map((server) => server.close()));
    this.#save();
  }

  #createStage(): Stage {
    const { random, timers, chain, processor, gateway, outages } = this.#world;
    const { fetch, say, options } = this.#parts;
    const shop = { store: options.store, gateway: () => gateway.current, timers, fetch, onTrouble: say };
    return createStage({
      random,
      timers,
      chain,
      processor,
      outages,
      blockMs: options.blockMs,
      nextReference: () => `A-${(this.#lastReference += 1)}`,
      place: (order, idempotencyKey) => placeOrder(shop, order, idempotencyKey),
      say,
    });
  }

  #mineOn(): void {
    const { timers, chain, random } = this.#world;
    timers.after(this.#parts.options.blockMs, () => {
      for (let others = random.between(0, 3); others > 0; others -= 1) {
        chain.send({ from: wallet(random), to: wallet(random), value: BigInt(random.between(1, 900)) * 10n ** 15n });
      }
      chain.mine(timers.now());
      this.#save();
      this.#mineOn();
    });
  }

  #save(): void {
    const { data } = this.#parts.options;
    if (data === null) return;
    saveState(data, {
      runs: (this.#saved?.runs ?? 0) + 1,
      lastReference: this.#lastReference,
      chain: this.chain.state(),
      processor: this.processor.state(),
      webhooks: this.#world.sender.outstanding(),
    });
  }
}

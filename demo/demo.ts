/** The pretend world put together: chains, processors, shop, and the programme that is played on it. */
import { wallet } from './chains/evm/wallet.ts';
import { Stopped } from './clock/timers.ts';
import type { TimerSource } from './clock/timers.ts';
import type { DemoOptions } from './options.ts';
import { playProgramme } from './programme/play.ts';
import { nameTransaction, placeOrder } from './shop/till.ts';
import type { GatewayAccess } from './shop/till.ts';
import { BITCOIN_PACE, createStage } from './stage/stage.ts';
import type { Stage } from './stage/stage.ts';
import { openFronts } from './world/fronts.ts';
import type { Fronts } from './world/fronts.ts';
import { gatewayConfig, paths } from './world/gateway-config.ts';
import { loadState, saveState } from './world/saved-state.ts';
import type { SavedState } from './world/saved-state.ts';
import { createWorld } from './world/world.ts';
import type { World } from './world/world.ts';

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

/** @throws the system's error when a port is taken */
export async function openDemo(parts: DemoParts): Promise<Demo> {
  const saved = parts.options.data === null ? null : loadState(parts.options.data);
  const world = createWorld(parts, saved);
  const fronts = await openFronts(world, parts.apiKey, parts.options);
  return new RunningDemo(parts, world, saved, fronts);
}

class RunningDemo implements Demo {
  readonly processorUrl: string;
  readonly chainUrl: string;
  readonly chainSocketUrl: string;
  readonly config: string;
  readonly stage: Stage;
  readonly #parts: DemoParts;
  readonly #world: World;
  readonly #saved: SavedState | null;
  readonly #fronts: Fronts;
  #lastReference: number;
  #blocks = 0;

  constructor(parts: DemoParts, world: World, saved: SavedState | null, fronts: Fronts) {
    this.#parts = parts;
    this.#world = world;
    this.#saved = saved;
    this.#fronts = fronts;
    this.#lastReference = saved?.lastReference ?? 1_040;
    this.processorUrl = fronts.processors + paths.cryptoCom;
    this.chainUrl = fronts.nodes;
    this.chainSocketUrl = fronts.nodeSockets;
    this.stage = this.#createStage();
    this.config = gatewayConfig({ ...parts.options, ...fronts, timeZone: parts.timeZone });
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
    await Promise.all(this.#world.senders.map((sender) => sender.close()));
    await this.#fronts.close();
    this.#save();
  }

  #createStage(): Stage {
    const { timers, gateway } = this.#world;
    const { fetch, say, options } = this.#parts;
    const shop = { store: options.store, gateway: () => gateway.current, timers, fetch, onTrouble: say };
    return createStage({
      ...this.#world,
      blockMs: options.blockMs,
      nextReference: () => `A-${(this.#lastReference += 1)}`,
      place: (order, idempotencyKey) => placeOrder(shop, order, idempotencyKey),
      name: (orderId, txHash) => nameTransaction(shop, orderId, txHash),
      say,
    });
  }

  #mineOn(): void {
    const { timers, chain, random, side, bitcoin } = this.#world;
    timers.after(this.#parts.options.blockMs, () => {
      for (let others = random.between(0, 3); others > 0; others -= 1) {
        chain.send({ from: wallet(random), to: wallet(random), value: BigInt(random.between(1, 900)) * 10n ** 15n });
      }
      chain.mine(timers.now());
      side.chain.mine(timers.now());
      this.#blocks += 1;
      if (this.#blocks % BITCOIN_PACE === 0) bitcoin.mine(timers.now());
      this.#save();
      this.#mineOn();
    });
  }

  #save(): void {
    const { data } = this.#parts.options;
    if (data === null) return;
    const { chain, side, bitcoin, processor, senders } = this.#world;
    saveState(data, {
      runs: (this.#saved?.runs ?? 0) + 1,
      lastReference: this.#lastReference,
      chain: chain.state(),
      side: side.chain.state(),
      bitcoin: bitcoin.state(),
      processor: processor.state(),
      webhooks: senders[0].outstanding(),
    });
  }
}

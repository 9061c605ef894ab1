/** Everything a fault can reach: shop, gateway, the way between, desk and screen, all real but for the people. */
import { mkdtempSync, realpathSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event } from '../../../contract/events.ts';
import { seededRandom } from '../../../demo/clock/random.ts';
import { startFaultProxy } from '../fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../fault-proxy/fault-proxy.ts';
import { startInterposer } from '../fault-proxy/interposer.ts';
import type { Interposer } from '../fault-proxy/interposer.ts';
import { resolveName } from '../fault-proxy/names.ts';
import type { Resolution } from '../fault-proxy/names.ts';
import { startBenchClock } from './bench-clock.ts';
import type { BenchClock } from './bench-clock.ts';
import { benchDay } from './bench-day.ts';
import { Commander } from './commander.ts';
import { watchConfirmations } from './confirmation-watch.ts';
import { DeskTime } from './desk-time.ts';
import { DeskUnderFaults } from './desk-under-faults.ts';
import { GatewayUnderFaults } from './gateway-under-faults.ts';
import { History } from './history.ts';
import { Model } from './model.ts';
import { openSecureWay } from './secure-way.ts';
import { startAnvilNode } from './chain/anvil-node.ts';
import type { BenchChain, ChainKind } from './chain/bench-chain.ts';
import { startBitcoinPair } from './chain/bitcoin-pair.ts';
import { startPaymentsApi } from './payments-api.ts';
import type { PaymentsApi } from './payments-api.ts';
import type { SecureWay } from './secure-way.ts';
import { watchSockets } from './socket-watch.ts';
import { Processor } from './workload.ts';

export const REACHABLE: Resolution = ['127.0.0.1'];

export interface Stage {
  /** 1 in real time; all timers and bounds shrink with it. */
  readonly scale: number;
  readonly clock: BenchClock;
  readonly history: History;
  readonly model: Model;
  readonly time: DeskTime;
  readonly gateway: GatewayUnderFaults;
  readonly desk: DeskUnderFaults;
  readonly proxy: FaultProxy;
  readonly interposer: Interposer;
  readonly processor: Processor;
  readonly commander: Commander;
  /** What is between two machines: TLS and a proxy; null where desk and gateway are on one. */
  readonly secure: SecureWay | null;
  /** What customers pay on beside the processor; null where no fault is about that. */
  readonly chain: BenchChain | null;
  /** The processor's own interface, which the gateway polls; null where it has webhooks alone. */
  readonly payments: PaymentsApi | null;
  /** Changes where the gateway's name leads to. */
  name(resolution: Resolution): void;
  /** True once the desk says that it is current, and its screen shows what the log says. */
  truthful(): boolean;
  close(): Promise<void>;
}

/** A socket is opened before its connection counts, and a hand-over takes a moment; milliseconds of real time, and real ones. */
const ENDING_MS = 3_000;
const SLACK_MS = 150;

let stages = 0;

export interface StageOptions {
  /** Desk and gateway are on two machines. */
  readonly apart: boolean;
  readonly chain?: ChainKind | null;
  /** The gateway asks the processor, too. */
  readonly asking?: boolean;
  /** A day is over in no time for the desk's connection. */
  readonly day?: boolean;
  /** Nothing is kept of what happened, for runs that last. */
  readonly forgetful?: boolean;
}

/** @param seed of all that is random about the way and the desk */
export async function openStage(seed: string, scale: number, options: StageOptions): Promise<Stage> {
  const { apart, chain: kind = null, forgetful = false } = options;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tillwatch-faults-')));
  const clock = startBenchClock();
  const model = new Model(forgetful);
  const history = new ModelledHistory(() => clock.now(), model, forgetful);
  const host = `bench-${(stages += 1)}.${apart ? 'invalid' : 'localhost'}`;
  const time = new DeskTime(() => chance.next(), scale);
  const chance = seededRandom(`${seed}/desk`);
  const interposer = await startInterposer({
    emitted: (session, epoch, events: readonly Event[], bytes) =>
      history.add({ type: 'emitted', session, epoch, bytes, events: events.map(({ seq, id }) => ({ seq, id })) }),
    subscribed: (session, epoch, after, head) => history.add({ type: 'subscribed', session, epoch, after, head }),
    confirmed: (session, seq) => history.add({ type: 'confirmed', session, seq }),
  });
  const secure = apart ? await openSecureWay(host, interposer.port) : null;
  const proxy = await startFaultProxy(secure?.port ?? interposer.port, `${seed}/way`);
  secure?.route(proxy.port);
  const named = secure ? secure.name : resolveName(host, REACHABLE);
  const network = secure?.network ?? { resolveProxy: async () => null, certificates: () => [] };
  const day = options.day === true ? benchDay(scale) : null;
  if (day) history.add({ type: 'day', mostMs: day.connectionMost + ENDING_MS * scale + SLACK_MS });
  const desk = new DeskUnderFaults({ folder, time, scale, history, network, day });
  const unwatched = watchConfirmations(host, (seq) => history.add({ type: 'confirming', seq, journal: desk.mark() }));
  const uncounted = watchSockets(host, {
    opened: (open, id) => history.add({ type: 'socket', open, id }),
    ended: (id) => history.add({ type: 'socket-ended', id }),
  });
  const moved = (port: number | null): void => void (interposer.meddling.gateway = port);
  const chain = kind && (await (kind === 'anvil' ? startAnvilNode(scale) : startBitcoinPair(scale)));
  const payments = options.asking === true ? await startPaymentsApi(scale) : null;
  const gateway = new GatewayUnderFaults({ folder, scale, history, moved, chain, payments });
  chain?.dateBy(() => gateway.now());
  const processor = new Processor(gateway, history, scale);
  payments?.serve(() => processor.known());
  const commander = new Commander(desk, history);
  const stage: Stage = {
    ...{
      scale,
      clock,
      history,
      model,
      time,
      gateway,
      desk,
      proxy,
      interposer,
      processor,
      commander,
      secure,
      chain,
      payments,
    },
    name: named,
    truthful: () => isTruthful(desk, model),
    close: async () => {
      await desk.close();
      await proxy.close();
      await secure?.close();
      await interposer.close();
      await gateway.close();
      await chain?.close();
      await payments?.close();
      named(null);
      unwatched();
      uncounted();
      clock.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  try {
    await gateway.open();
    await desk.open();
    await pair(desk, gateway, secure ? `https://${host}` : `http://${host}:${proxy.port}`);
    return stage;
  } catch (error) {
    await stage.close();
    throw error;
  }
}

const PAIRINGS_MOST = 10;

/** A person tries again where a busy machine did not answer within a fiftieth of the usual time. */
async function pair(desk: DeskUnderFaults, gateway: GatewayUnderFaults, url: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await desk.pair(url, await gateway.pairingCode());
      return;
    } catch (error) {
      if (tries === PAIRINGS_MOST) throw error;
    }
  }
}

class ModelledHistory extends History {
  readonly #model: Model;

  readonly #forgetful: boolean;

  constructor(now: () => number, model: Model, forgetful: boolean) {
    super(now);
    this.#model = model;
    this.#forgetful = forgetful;
  }

  override add(fact: Parameters<History['add']>[0]): void {
    if (!this.#forgetful) super.add(fact);
    this.#model.take(fact);
  }
}

function isTruthful({ screen }: DeskUnderFaults, { bodies }: Model): boolean {
  if (screen.state?.current !== true || !screen.complete || screen.orders.size !== bodies.size) return false;
  for (const [id, body] of bodies) if (screen.orders.get(id) !== body) return false;
  return true;
}

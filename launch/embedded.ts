import { existsSync, readdirSync } from 'node:fs';
import { startDemo } from './demo-child.ts';
import type { DemoFacts } from './demo-child.ts';
import { freePort } from './free-port.ts';
import { startGateway } from './gateway-child.ts';
import { askGateway } from './gateway-tool.ts';
import { StartFailure } from './start-failure.ts';
import type { StartState } from './start-state.ts';
import { supervise } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';
import type { Workplace } from './workplace.ts';

export interface EmbeddedOptions {
  readonly place: Workplace;
  readonly before: StartState | null;
  /** What alone the demo plays; null plays its programme. */
  readonly scenario: string | null;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
  /** Takes what has been started at once, so that it is ended whatever comes next. */
  readonly onStarted: (supervisor: Supervisor) => void;
}

export interface Embedded {
  readonly url: string;
  readonly port: number;
  readonly shopKey: string;
  /** The gateway's former address when a desk paired with it has to pair anew. */
  readonly replaces: string | null;
  /** A fresh pairing code of the gateway. */
  pairingCode(): Promise<string>;
}

/** A port that was free a moment ago: the one of the last start, else any. */
async function gatewayPort(before: StartState | null): Promise<number> {
  const port = (before && (await freePort(before.gatewayPort))) ?? (await freePort(0));
  if (port === null) throw new StartFailure('No loopback port is free for the gateway.');
  return port;
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).length === 0;
}

interface Shop {
  readonly facts: Promise<DemoFacts>;
  /** Tells the demo where to sell, now and whenever it is started again. */
  introduce(gateway: string, key: string): void;
}

function openShop({ place, scenario, say, onStarted }: EmbeddedOptions): Shop {
  let facts: Promise<DemoFacts> | null = null;
  let known: DemoFacts | null = null;
  let introduction: string | null = null;
  const supervisor = supervise({
    start: () => {
      const demo = startDemo(place, known, scenario);
      facts ??= demo.facts;
      void demo.facts.then(
        (said) => {
          known = said;
          if (introduction !== null) demo.child.tell(introduction);
        },
        () => undefined,
      );
      return demo.child;
    },
    say,
    now: () => performance.now(),
  });
  onStarted(supervisor);
  return {
    facts: facts ?? Promise.reject(new StartFailure('The demo was not started.')),
    introduce(gateway, key) {
      introduction = JSON.stringify({ gateway, key });
      supervisor.current().tell(introduction);
    },
  };
}

function openGateway({ place, say, onStarted }: EmbeddedOptions, facts: DemoFacts, port: number): Promise<string> {
  let listening: Promise<string> | null = null;
  const supervisor = supervise({
    start: () => {
      const gateway = startGateway(place, facts, port);
      listening ??= gateway.listening;
      return gateway.child;
    },
    say,
    now: () => performance.now(),
  });
  onStarted(supervisor);
  return listening ?? Promise.reject(new StartFailure('The gateway was not started.'));
}

/** Starts the demo, the gateway it needs, and brings them together. Both are started again when they end. */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { place, before, signal } = options;
  const isNew = isEmpty(place.demo.gateway);
  const port = await gatewayPort(before);
  const shop = openShop(options);
  const facts = await shop.facts;
  signal.throwIfAborted();
  const url = await openGateway(options, facts, port);
  signal.throwIfAborted();
  const key = ['key', 'create', '--store', 'main', '--scope', 'orders:write', '--name', 'Demo shop'];
  const shopKey = before && !isNew ? before.shopKey : await askGateway(place, key, 'key', signal);
  shop.introduce(url, shopKey);
  const moved = before !== null && (before.gatewayPort !== port || isNew);
  return {
    port,
    shopKey,
    replaces: moved ? `http://127.0.0.1:${before.gatewayPort}` : null,
    url,
    pairingCode: () =>
      askGateway(place, ['pair', '--store', 'main', '--role', 'admin', '--name', 'This desk'], 'code', signal),
  };
}

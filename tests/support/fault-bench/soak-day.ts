import { randomUUID } from 'node:crypto';
import { seededRandom } from '../../../demo/clock/random.ts';
import { claims } from './claims.ts';
import { proxyAnswer } from '../fault-proxy/http-answers.ts';
import { STORE } from './webhooks.ts';
import type { Stage } from './stage.ts';

/** How often, milliseconds of real time. */
const EVERY = {
  events: 5_000,
  order: 250_000,
  command: 120_000,
  reset: 900_000,
  restart: 3_500_000,
  sleep: 2_900_000,
  slowerPath: 5_300_000,
} as const;
const EVENTS_AT_ONCE = 5;
const FIRST_ORDERS = 60;
const SLEEP_MS = 1_800_000;
const ASLEEP_MS = 20_000;
const SLOWER_PATH_MS = 120_000;

/** What happens at a gateway and a desk all day long, over and over until it is ended. */
export function runSoak(stage: Stage): { end(): Promise<void> } {
  const random = seededRandom('soak-day');
  const order = (): void => sell(stage, randomUUID());
  for (let n = 0; n < FIRST_ORDERS; n += 1) order();
  const busy = new Set<Promise<void>>();
  const timers = [
    every('events', () => claim(stage, random.between(0, 1_000_000))),
    every('order', order),
    every('command', () => stage.commander.give({ name: random.pick(['claim', 'unclaim']), which: random.next() })),
    every('reset', () => stage.proxy.reset()),
    every('restart', () => restart(stage)),
    every('sleep', () => sleep(stage)),
    every('slowerPath', () => slowerPath(stage)),
  ];

  function every(what: keyof typeof EVERY, run: () => void | Promise<void>): NodeJS.Timeout {
    return setInterval(() => {
      const running = Promise.resolve(run()).finally(() => busy.delete(running));
      busy.add(running);
    }, EVERY[what] * stage.scale);
  }

  return {
    end: async () => {
      timers.forEach(clearInterval);
      await Promise.all(busy);
      await stage.processor.settled();
      await stage.commander.settled();
    },
  };
}

function sell({ processor }: Stage, payment: string): void {
  for (const step of ['created', 'captured'] as const) processor.send({ payment, step });
}

/** On one order after the other, which stays as small as it was. */
async function claim({ gateway, model }: Stage, n: number): Promise<void> {
  const orders = [...model.bodies.keys()];
  const order = orders[n % Math.max(1, orders.length)];
  const ledger = gateway.gateway?.storage.ledger;
  if (!ledger || order === undefined || gateway.url === null) return;
  await ledger.append(STORE, claims([order], EVENTS_AT_ONCE));
}

async function restart({ gateway }: Stage): Promise<void> {
  await gateway.stop();
  await gateway.open();
}

async function sleep({ time, gateway, desk, scale }: Stage): Promise<void> {
  desk.signal('suspend');
  time.sleep();
  await pause(ASLEEP_MS * scale);
  gateway.setClock(SLEEP_MS);
  time.wake(SLEEP_MS, false);
  desk.signal('resume');
}

async function slowerPath({ interposer: { meddling }, proxy, scale }: Stage): Promise<void> {
  const refusal = proxyAnswer(503);
  meddling.answer = (path) => (path.startsWith('/socket.io/') ? refusal : null);
  proxy.reset();
  await pause(SLOWER_PATH_MS * scale);
  meddling.answer = () => null;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

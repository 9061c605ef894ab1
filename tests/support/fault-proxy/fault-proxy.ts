/** A TCP proxy that can be a bad network: everything it does wrong can be switched while connections live. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { seededRandom } from '../../../demo/clock/random.ts';
import { Line } from './line.ts';
import { fairWeather } from './weather.ts';
import type { Weather } from './weather.ts';

/** How often a black hole is looked into. */
const LOOK_MS = 5;

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  readonly up: Line;
  readonly down: Line;
}

export interface FaultProxy {
  readonly port: number;
  readonly weather: Weather;
  /** How many connections it carries. */
  readonly connections: number;
  /** Ends every connection with RST on both sides. */
  reset(): void;
  /** The gateway's side is gone and nobody tells the desk; what the desk sends goes nowhere. */
  halfOpen(): void;
  /** Every connection ends in the middle of the next bytes to the desk. */
  cutInMidFrame(): void;
  /** Takes connections on another address of this machine too. @returns ends that; null where there is no such address */
  alsoOn(address: string): Promise<(() => void) | null>;
  close(): Promise<void>;
}

/** @param port where the other side listens on 127.0.0.1 */
export async function startFaultProxy(port: number, seed: string): Promise<FaultProxy> {
  const weather = fairWeather();
  const pairs = new Set<Pair>();
  let opened = 0;
  const accept = (near: Socket): void => {
    opened += 1;
    carry(near, port, { weather, pairs, seed: `${seed}/${opened}` });
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  await listen(server, 0, '127.0.0.1');
  const own = (server.address() as AddressInfo).port;
  const others = new Set<Server>();
  return {
    port: own,
    weather,
    get connections() {
      return pairs.size;
    },
    reset: () => pairs.forEach(resetPair),
    halfOpen: () => {
      for (const { far, up, down } of pairs) {
        up.mute();
        down.mute();
        far.destroy();
      }
    },
    cutInMidFrame: () => {
      for (const pair of pairs) pair.down.cutNext(() => resetPair(pair));
    },
    alsoOn: async (address) => {
      const other = createServer({ allowHalfOpen: true, noDelay: true }, accept);
      try {
        await listen(other, own, address);
      } catch {
        return null;
      }
      others.add(other);
      return () => void other.close(() => others.delete(other));
    },
    close: () =>
      new Promise((resolve) => {
        for (const other of others) other.close();
        server.close(() => resolve());
        pairs.forEach(resetPair);
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

function carry(near: Socket, port: number, at: { weather: Weather; pairs: Set<Pair>; seed: string }): void {
  const { weather, pairs, seed } = at;
  const far = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const pair: Pair = {
    near,
    far,
    up: new Line(near, far, () => weather, seededRandom(`${seed}/up`)),
    down: new Line(far, near, () => weather, seededRandom(`${seed}/down`)),
  };
  pairs.add(pair);
  const forget = (): void => {
    if (!near.destroyed || !(far.destroyed || pair.down.muted)) return;
    pair.up.close();
    pair.down.close();
    pairs.delete(pair);
  };
  for (const socket of [near, far]) {
    // Which error it was matters to nobody here: the close that follows ends the other side too.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      const other = socket === near ? far : near;
      if (!pair.down.muted || socket === near) endOther(other, weather);
      forget();
    });
  }
}

/** Not even an end gets through a black hole. */
function endOther(other: Socket, weather: Weather): void {
  if (other.destroyed) return;
  if (weather.blackHole) setTimeout(() => endOther(other, weather), LOOK_MS).unref();
  else if (weather.closeDelayMs === 0) other.destroySoon();
  else setTimeout(() => other.destroySoon(), weather.closeDelayMs).unref();
}

function resetPair({ near, far, up, down }: Pair): void {
  up.close();
  down.close();
  near.resetAndDestroy();
  far.resetAndDestroy();
}

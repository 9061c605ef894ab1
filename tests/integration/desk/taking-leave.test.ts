/** A desk that is closed while its socket comes to be: the gateway knows at once, whatever stage it had reached. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Server } from 'socket.io';
import { DESK_NAMESPACE } from '../../../contract/protocol.ts';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { openGateway } from '../../../main/desk/connection/open-gateway.ts';
import { socketIoTransport } from '../../../main/desk/connection/socket-io-transport.ts';
import type { Transport } from '../../../main/desk/connection/transport.ts';
import { timing } from '../../../main/desk/timing.ts';
import type { Timing } from '../../../main/desk/timing.ts';

/** The earliest moment at which a missing heartbeat could tell of a ghost is the first ping, after this. */
const PING_MS = 10_000;
const network = { resolveProxy: async () => null, certificates: () => [] };

/** What a handshake goes through, as the gateway sees it, in order. */
const stages = ['asked', 'answered', 'asked again', 'upgrade', 'probed', 'joined', 'switched'] as const;
type Stage = (typeof stages)[number];

/** As far as its events are of use here; Socket.IO's types say nothing of it. Source: engine.io 6.6, lib/socket.ts. */
interface Engine {
  on(event: 'connection', run: (socket: { on(event: 'upgrading' | 'upgrade', run: () => void): void }) => void): void;
}

let http: ReturnType<typeof createServer>;
let io: Server;
let url: string;
let reached: (stage: Stage) => void;
let joined: number;

beforeEach(async () => {
  joined = 0;
  reached = () => undefined;
  http = createServer();
  io = new Server(http, { pingInterval: PING_MS, pingTimeout: 5_000 });
  let requests = 0;
  http.prependListener('request', (_request, response) => {
    requests += 1;
    reached(requests === 1 ? 'asked' : 'asked again');
    if (requests === 1) response.once('finish', () => reached('answered'));
  });
  http.prependListener('upgrade', () => reached('upgrade'));
  (io.engine as Engine).on('connection', (socket) => {
    socket.on('upgrading', () => reached('probed'));
    socket.on('upgrade', () => reached('switched'));
  });
  io.of(DESK_NAMESPACE).on('connection', () => {
    joined += 1;
    reached('joined');
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await io.close();
});

const there = () => io.of(DESK_NAMESPACE).sockets.size;

async function leaveAt(stage: Stage, given: Partial<Timing> = {}): Promise<void> {
  const identity = { deskId: 'desk', name: 'Front counter', role: 'staff', privateKey: 'none' } as const;
  const pairing = { ...identity, version: 1 as const, gateway: url, stores: [] };
  const gateway = await openGateway(pairing, network, systemTime, timing(1, given));
  await new Promise<void>((resolve) => {
    let transport: Transport | null = null;
    const leave = (): void => {
      gateway.close(transport?.close());
      resolve();
    };
    reached = (at) => {
      if (at !== stage) return;
      reached = () => undefined;
      setImmediate(leave);
    };
    const nothing = (): void => undefined;
    transport = socketIoTransport(gateway.agent, systemTime)(
      { gateway: url, ticket: 'one', deskVersion: '0', connectTimeoutMs: 60_000 },
      { connected: nothing, failed: nothing, events: nothing, notice: nothing, heard: nothing, renamed: nothing },
    );
  });
}

test.each(stages)(
  '[CN6] closed at the stage “%s” it is no socket of the gateway long before its heartbeat is missed',
  async (stage) => {
    await leaveAt(stage);
    // Nothing may join once the desk is gone, and what had joined has to go.
    await expect.poll(async () => [there(), await connections()], { timeout: PING_MS - 2_000 }).toEqual([0, 0]);
    expect(joined).toBeLessThanOrEqual(1);
  },
);

test('[CN6] a gateway that never answers the upgrade is not waited for long, and nothing of the desk is left', async () => {
  http.removeAllListeners('upgrade');
  http.on('upgrade', (_request, socket: Duplex) => {
    socket.on('error', () => undefined);
    socket.on('end', () => socket.end());
    socket.resume();
    reached('upgrade');
  });
  await leaveAt('upgrade', { leaveMost: 50 });
  await expect.poll(async () => [there(), await connections()], { timeout: PING_MS - 2_000 }).toEqual([0, 0]);
});

const connections = () => new Promise<number>((resolve) => http.getConnections((_error, count) => resolve(count)));

/** The bad network itself: what it does to bytes, and that it leaves nothing behind. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import type { FaultProxy } from '../support/fault-proxy/fault-proxy.ts';
import { PATIENCE } from '../support/patience.ts';

let echo: Server;
let proxy: FaultProxy;
const sockets: Socket[] = [];
let arrived: Socket[];

beforeEach(async () => {
  arrived = [];
  echo = createServer((socket) => {
    arrived.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy((echo.address() as AddressInfo).port, 'test');
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await proxy.close();
  for (const socket of arrived) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

interface Client {
  readonly socket: Socket;
  heard(): string;
  readonly chunks: number[];
  ended: boolean;
}

async function client(): Promise<Client> {
  const socket = connect(proxy.port, '127.0.0.1');
  sockets.push(socket);
  const chunks: Buffer[] = [];
  const made: Client = { socket, heard: () => Buffer.concat(chunks).toString(), chunks: [], ended: false };
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    made.chunks.push(chunk.length);
  });
  socket.on('error', () => (made.ended = true));
  socket.on('close', () => (made.ended = true));
  await once(socket, 'connect');
  return made;
}

const said = 'every byte in order, none twice, none made up. '.repeat(60);

test.each([
  ['in fair weather', {}],
  ['late', { latencyMs: [5, 20] }],
  ['slowly', { bytesPerSecond: 40_000 }],
  ['in slices', { sliceBytes: [1, 5] }],
  ['held back', { hold: { bytes: 2_000, ms: 20 } }],
] as const)('everything arrives as it was sent, %s', async (_, changes) => {
  Object.assign(proxy.weather, changes);
  const { socket, heard } = await client();
  for (let at = 0; at < said.length; at += 700) socket.write(said.slice(at, at + 700));
  await vi.waitUntil(() => heard() === said, PATIENCE);
});

test('a slow line takes its time', async () => {
  proxy.weather.bytesPerSecond = 20_000;
  const { socket, heard } = await client();
  const began = performance.now();
  socket.write(said);
  await vi.waitUntil(() => heard() === said, PATIENCE);
  expect(performance.now() - began).toBeGreaterThan((said.length / 20_000) * 900);
});

test('nothing passes a black hole, and all of it goes on afterwards', async () => {
  const { socket, heard } = await client();
  socket.write('before ');
  await vi.waitUntil(() => heard() === 'before ', PATIENCE);
  proxy.weather.blackHole = true;
  socket.write('after');
  const second = await client();
  second.socket.write('too');
  await vi.waitUntil(() => arrived.length === 2, PATIENCE);
  expect(heard() + second.heard()).toBe('before ');
  proxy.weather.blackHole = false;
  await vi.waitUntil(() => heard() === 'before after' && second.heard() === 'too', PATIENCE);
});

test('half-open: the far side is gone, the near side hears nothing, and nothing is answered any more', async () => {
  const made = await client();
  made.socket.write('before');
  await vi.waitUntil(() => made.heard() === 'before', PATIENCE);
  const closed = new Promise((resolve) => arrived[0]!.once('close', resolve));
  proxy.halfOpen();
  await closed;
  made.socket.write('anybody?');
  const other = await client();
  other.socket.write('yes');
  await vi.waitUntil(() => other.heard() === 'yes', PATIENCE);
  expect([made.heard(), made.ended]).toEqual(['before', false]);
});

test('cut in mid-frame: half of what came, then the end', async () => {
  const made = await client();
  proxy.cutInMidFrame();
  made.socket.write('0123456789');
  await vi.waitUntil(() => made.ended, PATIENCE);
  expect(made.heard().length).toBeLessThan(10);
});

test('a reset ends both sides, and closing leaves no connection', async () => {
  const made = await client();
  await vi.waitUntil(() => arrived.length === 1, PATIENCE);
  const closed = new Promise((resolve) => arrived[0]!.once('close', resolve));
  proxy.reset();
  await closed;
  await vi.waitUntil(() => made.ended, PATIENCE);
  await vi.waitUntil(() => proxy.connections === 0, PATIENCE);
  const another = await client();
  await proxy.close();
  await vi.waitUntil(() => another.ended && proxy.connections === 0, PATIENCE);
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { NodeFailure } from '../../../gateway/chains/follow/node-failure.ts';
import { WsRpc } from '../../../gateway/chains/evm/ws-rpc.ts';
import { PATIENCE } from '../../support/patience.ts';

describe('JSON-RPC over WebSocket', () => {
  let server: WebSocketServer;
  let rpc: WsRpc;

  beforeEach(async () => {
    server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
    await once(server, 'listening');
    rpc = new WsRpc(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/KEY`, 100);
  });

  afterEach(async () => {
    await rpc.close();
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  /** Answers each request with what `reply` makes of it. */
  function answering(reply: (id: number, method: string) => readonly object[] | string): void {
    server.on('connection', (socket: WebSocket) => {
      socket.on('ping', () => socket.pong());
      socket.on('message', (data: Buffer) => {
        const { id, method } = JSON.parse(data.toString()) as { id: number; method: string };
        const frames = reply(id, method);
        if (typeof frames === 'string') socket.send(frames);
        else for (const frame of frames) socket.send(JSON.stringify({ jsonrpc: '2.0', ...frame }));
      });
    });
  }

  test('a connection whose pings nobody answers is dead, though it is open', async () => {
    const lost = vi.fn();
    rpc.notifications.onLost(lost);
    await vi.waitFor(() => expect(lost).toHaveBeenCalledTimes(1), PATIENCE);
    await expect(rpc.request('eth_chainId', [])).rejects.toThrow('stopped answering');
  });

  test('a quiet connection whose pings are answered lives', async () => {
    let pings = 0;
    server.on('connection', (socket) => socket.on('ping', () => (pings += 1)));
    answering((id) => [{ id, result: '0x1' }]);
    await vi.waitFor(() => expect(pings).toBeGreaterThan(4), PATIENCE);
    expect(await rpc.request('eth_chainId', [])).toBe('0x1');
  });

  test('a notice that follows its subscription at once is not lost', async () => {
    answering((id) => [
      { id, result: '0xaa' },
      { method: 'eth_subscription', params: { subscription: '0xaa', result: 1 } },
      { method: 'eth_subscription', params: { subscription: '0xbb', result: 2 } },
    ]);
    const results: unknown[] = [];
    await rpc.notifications.subscribe(['newHeads'], (result) => results.push(result));
    await vi.waitFor(() => expect(results).toEqual([1]), PATIENCE);
  });

  test('an error is an answer, and the connection goes on', async () => {
    answering((id, method) => [
      method === 'x' ? { id, error: { code: -32601, message: 'KEY' } } : { id, result: null },
    ]);
    const failure = await rpc.request('x', []).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NodeFailure);
    expect(failure).toMatchObject({ answered: true, message: 'answered x with error -32601' });
    expect(await rpc.request('y', [])).toBeNull();
  });

  test('no answer in time is a failure, and a late one harms nobody', async () => {
    const late: (() => void)[] = [];
    server.on('connection', (socket) => {
      socket.on('ping', () => socket.pong());
      socket.on('message', () => late.push(() => socket.send('{"jsonrpc":"2.0","id":1,"result":1}')));
    });
    await expect(rpc.request('eth_chainId', [])).rejects.toThrow('did not answer within 0.1 s');
    for (const send of late) send();
    await expect(rpc.request('eth_chainId', [])).rejects.toThrow('did not answer within 0.1 s');
  });

  test.each(['<html>', '[]', '{"params":1}'])('%s is not JSON-RPC', async (frame) => {
    answering(() => frame);
    await expect(rpc.request('eth_chainId', [])).rejects.toThrow('sent what is not JSON-RPC');
  });

  test('closing fails what is under way, at once, and tells nobody of a loss', async () => {
    answering(() => []);
    const lost = vi.fn();
    rpc.notifications.onLost(lost);
    const asked = rpc.request('eth_chainId', []);
    const failed = expect(asked).rejects.toThrow('the connection was closed');
    await rpc.close();
    await failed;
    expect(lost).not.toHaveBeenCalled();
  });
});

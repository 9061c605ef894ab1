/** An EVM node over HTTP that is not what it should be. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { httpRpc } from '../../../gateway/chains/evm/http-rpc.ts';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function node(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('an answer is an answer', async () => {
  const rpc = httpRpc(
    await node((_request, response) => response.end('{"jsonrpc":"2.0","id":1,"result":"0x10"}')),
    10_000,
  );
  expect(await rpc.request('eth_blockNumber', [])).toBe('0x10');
  await rpc.close();
});

test('a node sends nobody elsewhere', async () => {
  let asked = 0;
  const inside = await node((_request, response) => {
    asked += 1;
    response.end('{"jsonrpc":"2.0","id":1,"result":"0x10"}');
  });
  const rpc = httpRpc(await node((_request, response) => response.writeHead(307, { location: inside }).end()), 10_000);
  await expect(rpc.request('eth_blockNumber', [])).rejects.toThrow('cannot be reached');
  expect(asked).toBe(0);
  await rpc.close();
});

test('an answer without end is cut off', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 'x');
  const endless = await node((_request, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    more();
  });
  const rpc = httpRpc(endless, 60_000);
  const asked = rpc.request('eth_getBlockByNumber', ['latest', true]);
  await expect(asked).rejects.toThrow('answered with more than it should');
  await rpc.close();
});

test('a block of a busy chain is no answer without end', async () => {
  const result = 'x'.repeat(20 * 1024 * 1024);
  const rpc = httpRpc(await node((_request, response) => response.end(JSON.stringify({ id: 1, result }))), 60_000);
  expect(await rpc.request('eth_getBlockByNumber', ['latest', true])).toHaveLength(result.length);
  await rpc.close();
});

test.each([
  ['plain', { 'retry-after': '7' }, 'slow down', 7_000],
  ['in JSON', { 'content-type': 'application/json' }, '{"id":1,"error":{"code":-32005,"message":"slow down"}}', 0],
  ['with a date', { 'retry-after': 'Wed, 21 Oct 2015 07:28:07 GMT', date: 'Wed, 21 Oct 2015 07:28:00 GMT' }, '', 7_000],
  ['with a date that is over', { 'retry-after': 'Wed, 21 Oct 2015 07:28:00 GMT' }, '', 0],
])('who is asked too often is left alone for as long as it says: %s', async (_, headers, body, retryAfterMs) => {
  const rpc = httpRpc(await node((_request, response) => response.writeHead(429, headers).end(body)), 10_000);
  const asked = rpc.request('eth_newPendingTransactionFilter', []);
  await expect(asked).rejects.toMatchObject({ message: 'answered with HTTP 429', answered: false, retryAfterMs });
  await rpc.close();
});

test('an error of the call is an answer, whatever its status', async () => {
  const body = '{"jsonrpc":"2.0","id":1,"error":{"code":-32614,"message":"too many blocks"}}';
  const rpc = httpRpc(await node((_request, response) => response.writeHead(413).end(body)), 10_000);
  await expect(rpc.request('eth_getLogs', [])).rejects.toMatchObject({ answered: true });
  await rpc.close();
});

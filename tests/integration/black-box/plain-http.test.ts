/** What other people's HTTP clients do: offer HTTP/2, ask by HEAD, misname a body, send too much and hang up. */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { SECRET, signature, webhooksOf } from './crypto-com-pay.ts';
import { pairDesk, refusal, session, ticket } from './desk.ts';
import type { Desk } from './desk.ts';
import { ORDERS, bearer, order } from './direct-order.ts';
import { call, exchange } from './http.ts';
import { openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';

let bench: Workbench;
let url: string;
let desk: Desk;

beforeAll(async () => {
  bench = await openWorkbench();
  url = bench.url;
  desk = await pairDesk(url, await bench.pairingCode('support'));
});
afterAll(() => bench.close());

/** As Java's and curl's clients write their first request to a plain address. */
const offersHttp2 = ['Connection: Upgrade, HTTP2-Settings, close', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQCAAAA'];

test('a client that offers HTTP/2 is answered in HTTP/1.1', async () => {
  const body = JSON.stringify(order(1));
  const key = `Authorization: Bearer ${await bench.key('orders:write')}`;
  const headers = [key, 'Idempotency-Key: h2c', 'Content-Type: application/json', `Content-Length: ${body.length}`];
  const placed = [`POST ${ORDERS} HTTP/1.1`, 'Host: x', ...headers, ...offersHttp2, '', body].join('\r\n');
  expect((await exchange(url, placed)).text).toMatch(/^HTTP\/1\.1 201 /);
  const alive = ['GET /healthz HTTP/1.1', 'Host: x', ...offersHttp2, '', ''].join('\r\n');
  expect((await exchange(url, alive)).text).toMatch(/^HTTP\/1\.1 200 /);
});

test('WebSocket is spoken where desks are, and not to pages of other sites', async () => {
  const opening = async (path: string, origin?: string): Promise<string> => {
    const opened = new WebSocket(url.replace('http', 'ws') + path, origin === undefined ? {} : { origin });
    return new Promise((resolve) => {
      opened.once('error', (error) => resolve(error.message));
      opened.once('open', () => {
        opened.terminate();
        resolve('open');
      });
    });
  };
  const path = '/socket.io/?EIO=4&transport=websocket';
  expect(await opening(path)).toBe('open');
  expect(await opening(path, 'https://evil.example')).toBe('Unexpected server response: 403');
  expect(await opening('/healthz', 'https://evil.example')).toBe('Unexpected server response: 403');
  expect(await opening('/healthz')).toBe('Unexpected server response: 200');
  expect(await opening('/v1/none')).toBe('Unexpected server response: 404');
});

test('HEAD answers as GET does, without a body', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const { status, text } = await call(url, path, { method: 'HEAD' });
    expect([path, status, text]).toEqual([path, 200, '']);
  }
});

test('a webhook is bytes, whatever its sender calls them', async () => {
  const [{ body } = { body: '' }] = webhooksOf(1, Date.now());
  for (const type of ['garbage', '', 'json; charset', 'text/html', '/', 'a b/c', 'application/json;;;']) {
    const headers = { 'content-type': type, 'pay-signature': signature(body, Math.floor(Date.now() / 1000), SECRET) };
    const answer = await call(url, '/v1/webhooks/cdc', { body, headers });
    expect([type, answer.status]).toEqual([type, 200]);
  }
});

test('whoever sends too much reads why, and keeps or closes the line as it asked', async () => {
  const headers = { ...bearer(await bench.key('orders:write')), 'idempotency-key': 'large' };
  const large = Buffer.alloc(4 * 1024 * 1024, 'x');
  for (const path of [ORDERS, '/v1/webhooks/cdc']) {
    for (let n = 0; n < 5; n += 1) {
      const answer = await call(url, path, { body: large, headers });
      expect([path, answer.status, answer.code]).toEqual([path, 413, 'too-large']);
    }
  }
  const chunks = Array.from({ length: 40 }, () => `10000\r\n${'x'.repeat(0x10000)}\r\n`).join('');
  const head = [
    'POST /v1/challenges HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    'Transfer-Encoding: chunked',
  ];
  const { text } = await exchange(url, `${head.join('\r\n')}\r\n\r\n${chunks}0\r\n\r\n`);
  expect(text).toMatch(/^HTTP\/1\.1 413 [^]*"too-large"/);
});

test('on a kept line, what follows a body that was too large is answered', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const { hostname, port } = new URL(url);
  const status = (path: string, body: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const outgoing = request({ hostname, port, path, method: 'POST', headers, agent }, (incoming) => {
        incoming.resume();
        incoming.once('end', () => resolve(incoming.statusCode));
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
  expect(await status('/v1/challenges', 'x'.repeat(4 * 1024 * 1024))).toBe(413);
  expect(await status('/v1/challenges', '{"deskId":"x"}')).toBe(200);
  agent.destroy();
});

test('health by REST says what it says over a socket', async () => {
  const { body } = await call(url, '/v1/health?sentAt=1', { headers: await session(desk) });
  expect(body).toMatchObject({ ok: true, receivedAt: expect.any(Number), stores: [{ store: 'main' }] });
});

test.each(['1', null, 2, {}])('protocol %j is named as none that is spoken', async (protocol) => {
  const auth = { ticket: await ticket(desk), protocol };
  expect(await refusal(url, auth)).toEqual({ code: 'protocol-unsupported', supported: [1] });
});

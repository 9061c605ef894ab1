import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { post, signature, webhooksOf } from './crypto-com-pay.ts';
import { askTicket, challenge, keyPair, online, pairDesk, session, signed, ticket } from './desk.ts';
import type { Desk } from './desk.ts';
import { ORDERS, bearer, order, place } from './direct-order.ts';
import { call, exchange } from './http.ts';
import { CONFIG, openWorkbench } from './workbench.ts';
import type { Workbench } from './workbench.ts';
import { PATIENCE } from '../../support/patience.ts';
import { processEnd } from '../../support/process-end.ts';

let bench: Workbench;
let url: string;
let shop: string;
let desk: Desk;

beforeAll(async () => {
  bench = await openWorkbench(`${CONFIG}trustProxy: ["127.0.0.1"]\n`);
  url = bench.url;
  shop = await bench.key('orders:write');
  desk = await pairDesk(url, await bench.pairingCode('support'));
});
afterAll(() => bench.close());

const from = (address: string): Record<string, string> => ({ 'x-forwarded-for': address });
const raw = (path: string, ...lines: string[]): string => [`${path} HTTP/1.1`, 'Host: x', ...lines].join('\r\n');

describe('[AU1] pairing', () => {
  const pair = (code: string, address: string, publicKey = keyPair().publicKey) =>
    call(url, '/v1/desks', { body: { code, name: 'x', publicKey }, headers: from(address) });

  test('exactly one of 100 racing uses of a code wins', async () => {
    const code = await bench.pairingCode('staff');
    const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => pair(code, `10.1.0.${n}`)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.code === 'bad-code')).toHaveLength(99);
  });

  test('a code is of 60 bits and more, each its own', async () => {
    const codes = await Promise.all([bench.pairingCode('staff'), bench.pairingCode('staff')]);
    expect(codes[0]).not.toBe(codes[1]);
    for (const code of codes) expect(code.replaceAll('-', '').length * Math.log2(28)).toBeGreaterThanOrEqual(60);
  });

  test('a wrong key leaves the code unused', async () => {
    const code = await bench.pairingCode('staff');
    expect((await pair(code, '10.2.0.1', 'x')).status).toBe(422);
    expect((await pair(code, '10.2.0.1')).status).toBe(200);
  });

  test('whoever guesses is locked out, longer each time, and nobody else', async () => {
    const guess = async (): Promise<number> => {
      for (let n = 0; n < 50; n += 1) {
        const answer = await pair('AAAA-BBBB-CCCC-DDDD', '10.3.0.1');
        if (answer.status === 429) return Number(answer.headers['retry-after']);
        expect(answer).toMatchObject({ status: 401, code: 'bad-code' });
      }
      throw new Error('50 guesses were let through');
    };
    const first = await guess();
    expect(first).toBeGreaterThan(0);
    await vi.waitFor(async () => expect(await guess()).toBeGreaterThan(first), { ...PATIENCE, interval: 200 });
    expect((await pair('AAAA-BBBB-CCCC-DDDD', '10.3.0.2')).status).toBe(401);
  });
});

describe('[AU2] challenges, tickets and sessions', () => {
  const ask = (body: object, address = '10.4.0.1') => call(url, '/v1/tickets', { body, headers: from(address) });

  test('an unknown desk is challenged like any other, and told nothing more', async () => {
    const known = await call(url, '/v1/challenges', { body: { deskId: desk.deskId } });
    const unknown = await call(url, '/v1/challenges', { body: { deskId: 'desk_none' } });
    expect([unknown.status, Object.keys(unknown.body)]).toEqual([200, Object.keys(known.body)]);
    expect(String(unknown.body.challenge)).toHaveLength(String(known.body.challenge).length);
    const text = String(unknown.body.challenge);
    const stranger = { ...desk, deskId: 'desk_none' };
    const answer = await ask({ deskId: 'desk_none', challenge: text, signature: signed(stranger, text) });
    const mine = await challenge(desk);
    const wrong = await ask({ deskId: desk.deskId, challenge: mine, signature: signed(desk, 'another') });
    expect([answer.status, answer.text]).toEqual([401, wrong.text]);
    expect(wrong.code).toBe('bad-signature');
  });

  test('a challenge is good for one ticket, for its own desk, and as it was given', async () => {
    const other = await pairDesk(url, await bench.pairingCode('staff'));
    const text = await challenge(desk);
    const body = { deskId: desk.deskId, challenge: text, signature: signed(desk, text) };
    const foreign = { deskId: other.deskId, challenge: text, signature: signed(other, text) };
    expect((await ask(foreign)).status).toBe(401);
    const answers = await Promise.all(Array.from({ length: 50 }, () => ask(body)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'challenge-expired')).toHaveLength(49);
    const altered = `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`;
    expect((await ask({ ...body, challenge: altered, signature: signed(desk, altered) })).status).toBe(401);
    for (const signature of ['', '=', 'A'.repeat(86), `${body.signature}AAAA`])
      expect((await ask({ ...body, challenge: await challenge(desk), signature })).status).toBeGreaterThan(400);
  });

  test('bad signatures lock an address out, and no desk that signs correctly', async () => {
    const victim = await pairDesk(url, await bench.pairingCode('staff'));
    let locked = 0;
    for (let n = 0; n < 50 && locked === 0; n += 1) {
      const text = await challenge(victim);
      const answer = await ask({ deskId: victim.deskId, challenge: text, signature: signed(victim, 'no') }, '10.5.0.1');
      if (answer.status === 429) locked = Number(answer.headers['retry-after']);
    }
    expect(locked).toBeGreaterThan(0);
    const text = await challenge(desk);
    const good = { deskId: desk.deskId, challenge: text, signature: signed(desk, text) };
    expect((await ask(good, '10.5.0.1')).status).toBe(200);
  });

  test('a session is of one ticket, a ticket no session, and neither is a key', async () => {
    const used = await ticket(desk);
    expect((await call(url, ORDERS, { headers: bearer(used) })).status).toBe(401);
    expect((await call(url, '/v1/sessions', { body: { ticket: used } })).status).toBe(200);
    const again = await call(url, '/v1/sessions', { body: { ticket: used } });
    expect(again).toMatchObject({ status: 401, code: 'ticket-used' });
    expect((await call(url, '/v1/sessions', { body: { ticket: 'nonsense' } })).status).toBe(401);
    for (const authorization of ['Bearer', 'Bearer ', 'Bearer tws_x', 'Basic eDp4', `Bearer ${'x'.repeat(4_000)}`])
      expect((await call(url, ORDERS, { headers: { authorization } })).status, authorization).toBe(401);
  });
});

describe('hostile bodies', () => {
  test('nothing reaches a prototype, and nothing so deep or so odd that it fails the gateway', async () => {
    const metadata = (text: string): string => JSON.stringify(order(1)).replace(/\}$/, `,"metadata":${text}}`);
    const deep = '{"a":'.repeat(1_200) + '1' + '}'.repeat(1_200);
    const bodies = ['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}', deep];
    for (const body of bodies.map(metadata)) expect([201, 400, 422]).toContain((await place(url, shop, body)).status);
    for (const body of ['{', '', '[', 'null', '1e999', '"x"', '\u0000', '['.repeat(30_000), '{"a":'.repeat(9_000)])
      expect([400, 422]).toContain((await place(url, shop, body)).status);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    const odd = order(2, { reference: '\u202e😀\ud800\u0000', metadata: { __proto: 'x' } });
    expect((await place(url, shop, odd)).status).toBe(201);
    expect((await call(url, '/readyz')).status).toBe(200);
  });

  test('every refusal speaks in the one envelope', async () => {
    const odd: [string, number][] = [
      [`${ORDERS}/%zz`, 400],
      [`${ORDERS}/${'x'.repeat(5_000)}`, 414],
      [`${ORDERS}/..%2f..%2f..%2fetc%2fpasswd`, 404],
      ['/v1/stores/main/../../../healthz', 404],
      ['//healthz', 404],
      ['/v1/webhooks/', 404],
    ];
    for (const [path, status] of odd) {
      const answer = await call(url, path, { headers: bearer(shop) });
      expect([path, answer.status, answer.code]).toEqual([path, status, expect.stringMatching(/^[a-z-]+$/)]);
    }
    for (const bytes of [
      '\x16\x03\x01\r\n\r\n',
      raw('GET /healthz', `X: ${'a'.repeat(90_000)}`, '', ''),
      'FOO / HTTP/1.1\r\n\r\n',
    ]) {
      const { text } = await exchange(url, bytes);
      expect(text).toMatch(/^HTTP\/1\.1 4\d\d [^]*"error":\{"code":"[a-z-]+"/);
    }
  });

  test('two lengths, or a length and chunks, are one request too many', async () => {
    const smuggled = 'GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const lines of [
      ['Content-Length: 0', 'Transfer-Encoding: chunked'],
      ['Content-Length: 0', 'Content-Length: 36'],
    ]) {
      const { text } = await exchange(url, raw('POST /v1/challenges', ...lines, '', smuggled));
      expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400']);
    }
  });
});

describe('who does not finish', () => {
  test.concurrent.each([
    ['nothing at all', ''],
    ['half a head', raw('GET /healthz', 'X-half')],
    ['a socket that never joins', raw('GET /socket.io/?EIO=4&transport=websocket', ...upgrade(), '', '')],
  ])(
    '%s: the line is closed',
    async (_, bytes) => {
      expect((await exchange(url, bytes, 12_000)).afterMs).toBeLessThan(10_000);
    },
    15_000,
  );

  test.concurrent('1 MiB is read of a webhook, and no more', async () => {
    const { body } = webhooksOf(1, Date.now())[0] ?? { body: '' };
    const sized = (bytes: number): string => body.replace(/\}$/, `,"pad":"${'x'.repeat(bytes - body.length - 9)}"}`);
    expect(Buffer.byteLength(sized(1024 * 1024))).toBe(1024 * 1024);
    expect(await post(url, sized(1024 * 1024))).toBe(200);
    expect(await post(url, sized(1024 * 1024 + 1))).toBe(413);
  });

  function upgrade(): string[] {
    return [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
  }
});

describe('malformed packets', () => {
  async function joined(): Promise<{ socket: WebSocket; got: string[]; closed: Promise<number> }> {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const got: string[] = [];
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.on('message', (data: Buffer) => got.push(data.toString()));
    await vi.waitFor(() => expect(got).toHaveLength(1), PATIENCE);
    socket.send(`40/desk,${JSON.stringify({ ticket: await ticket(desk), protocol: 1 })}`);
    await vi.waitFor(() => expect(got[1]).toMatch(/^40\/desk,/), PATIENCE);
    return { socket, got, closed };
  }

  test.each([
    '42/desk,no json',
    '42/desk,{"a":1}',
    '42/desk,["connect"]',
    '42/desk,["newListener"]',
    `4${'x'.repeat(70_000)}`,
  ])('close the socket: %.30s', async (packet) => {
    const { socket, closed } = await joined();
    socket.send(packet);
    expect(await closed).toBeGreaterThanOrEqual(1_000);
  });

  test('senseless confirmations confirm nothing and harm nobody', async () => {
    const { socket, got } = await joined();
    socket.send('42/desk,1["subscribe",{"store":"main","after":null}]');
    await vi.waitFor(() => expect(got.some((each) => each.includes('"events"'))).toBe(true), PATIENCE);
    for (const answer of ['null', '{}', '"x"', '{"seq":-1}', '{"seq":1e300}', '{"seq":"1"}'])
      socket.send(`43/desk,0[${answer}]`);
    socket.send('43/desk,999[{"seq":1}]');
    socket.send('42/desk,2["health",{"sentAt":1}]');
    await vi.waitFor(() => expect(got.at(-1)).toMatch(/^43\/desk,2\[\{"ok":true/), PATIENCE);
    socket.terminate();
  });

  test('a socket from another site’s page is refused', async () => {
    const opened = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
      origin: 'https://evil.example',
    });
    const error = await new Promise<Error>((resolve) => opened.once('error', resolve));
    expect(error.message).toMatch(/403/);
    const polling = '/socket.io/?EIO=4&transport=polling';
    expect((await call(url, polling, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });
});

describe('a flood', () => {
  test('1,000 webhooks with bad signatures leave no trace and shut nobody out', async () => {
    const headers = await session(desk);
    const [{ body } = { body: '' }] = webhooksOf(77, Date.now());
    const forged = signature(body, Math.floor(Date.now() / 1000), 'guessed');
    for (let n = 0; n < 1_000; n += 50) {
      const all = await Promise.all(Array.from({ length: 50 }, () => post(url, body, forged)));
      expect(new Set(all)).toEqual(new Set([401]));
    }
    expect((await call(url, `${ORDERS}?q=BB-77`, { headers })).body.orders).toEqual([]);
    expect(await post(url, body)).toBe(200);
    expect((await askTicket(desk)).status).toBe(200);
  });

  test('[AU4] nothing secret is in the log', async () => {
    const connection = await online(desk);
    connection.socket.close();
    const text = bench.gateway().log();
    expect(text).toContain(desk.deskId);
    expect(text).not.toMatch(/tw[tks]_|whsec|hush/);
    for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number) });
  });
});

test('a node that never answers holds nothing up', async () => {
  const silent = createServer(() => undefined).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const { port } = silent.address() as { port: number };
  const hanging = await openWorkbench(CONFIG.replace('127.0.0.1:9', `127.0.0.1:${port}`));
  try {
    expect((await call(hanging.url, '/readyz')).status).toBe(200);
    const { child } = hanging.gateway();
    child.kill('SIGTERM');
    const { status, ms } = await processEnd(child);
    expect(status).toBe(0);
    expect(ms).toBeLessThan(10_000);
  } finally {
    await hanging.close();
    silent.close();
  }
});

/** The built gateway behind the reverse proxies that merchants get an example of. */
import https from 'node:https';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connect } from '../../../client/gateway-client.ts';
import type { Identity } from '../../../client/identity.ts';
import { matching } from '../../../client/matching.ts';
import { pair } from '../../../client/pair.ts';
import { Session, askTicket } from '../../../client/sign-in.ts';
import { DESK_NAMESPACE, PROTOCOL_VERSION, eventsPageSchema } from '../../../contract/protocol.ts';
import { signature, webhooksOf } from '../black-box/crypto-com-pay.ts';
import { InstalledGateway } from './installed-gateway.ts';
import { ProxyProcess, isInstalled } from './proxy-process.ts';
import type { Kind } from './proxy-process.ts';

const SECRET = 'whsec-behind-a-proxy';
const kinds: readonly Kind[] = ['nginx', 'caddy'];

interface Sent {
  readonly status: number;
  readonly text: string;
}

describe.each(kinds)('behind %s', (kind) => {
  const here = isInstalled(kind);
  const when = here ? test : test.skip;
  const named = (title: string) => (here ? title : `${title} (${kind} is not installed here)`);
  let gateway: InstalledGateway;
  let proxy: ProxyProcess;
  let agent: https.Agent;
  let identity: Identity;

  beforeAll(async () => {
    if (!here) return;
    gateway = new InstalledGateway();
    gateway.configure(`
stores: [{ id: main, name: Main street }]
sources: [{ id: cdc, kind: crypto-com-pay, store: main, webhookSecrets: ['${SECRET}'] }]
trustProxy: ['127.0.0.1']
publicUrl: https://gateway.example.com
`);
    const { url } = await gateway.serve();
    proxy = await ProxyProcess.start(kind, new URL(url).host);
    agent = new https.Agent({ ca: proxy.ca });
    const { code, link } = await gateway.command(...['pair', '--data', 'data', '--store', 'main', '--role', 'support']);
    expect(link).toContain(encodeURIComponent('https://gateway.example.com'));
    identity = await pair({ gateway: proxy.url, code: String(code), name: 'Front counter', agent });
  });

  afterAll(async () => {
    if (!here) return;
    agent.destroy();
    await proxy.close();
    await gateway.close();
  });

  /** Sends over a line of its own. @param from which of this machine's addresses it comes from */
  function send(url: string, body: Buffer | string, headers: Record<string, string>, from = '127.0.0.1') {
    return new Promise<Sent>((resolve, reject) => {
      const options = { method: 'POST', ca: proxy.ca, localAddress: from, family: 4, agent: false as const, headers };
      const outgoing = https.request(proxy.url + url, options, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  const webhook = (body: Buffer | string, signed: Buffer | string = body) =>
    send('/v1/webhooks/cdc', body, {
      'content-type': 'application/json',
      'pay-signature': signature(signed, Math.floor(Date.now() / 1000), SECRET),
    });

  when(named('a desk follows live what a signed webhook brings, its bytes as they were sent'), async () => {
    const client = await connect(identity, { agent });
    await client.subscribe('main');
    const [first] = webhooksOf(1, Date.now());
    // Not as JSON would be written again: a proxy that reads and rewrites a body breaks its signature.
    const body = Buffer.from(` ${first?.body.replaceAll(':', ' :\t')}\r\n`);
    expect(await webhook(body)).toMatchObject({ status: 200 });
    expect(await webhook(body, `${body.toString()} `)).toMatchObject({ status: 401 });
    expect(await client.waitFor(matching({ kind: 'order.created' }))).toMatchObject({ source: 'cdc' });
    expect(await client.health()).toMatchObject({ ok: true });
    await client.close();
  });

  when.each(['websocket', 'polling'] as const)(named('a socket opens by %s alone'), async (transport) => {
    const ticket = await askTicket({ gateway: proxy.url, agent, timeoutMs: 10_000 }, identity);
    const socket = io(proxy.url + DESK_NAMESPACE, {
      ...{ auth: { ticket, protocol: PROTOCOL_VERSION, deskVersion: 'test' }, transports: [transport] },
      ...{ forceNew: true, reconnection: false, agent: agent as never },
    });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      expect(socket.io.engine.transport.name).toBe(transport);
      expect(await socket.timeout(5_000).emitWithAck('health', { sentAt: 0 })).toMatchObject({ ok: true });
    } finally {
      socket.disconnect();
    }
  });

  when(named('a long poll is answered when something happens, and not before'), async () => {
    const session = new Session({ gateway: proxy.url, agent, timeoutMs: 30_000 }, identity);
    const events = (query: string) => session.get(`/v1/stores/main/events?${query}`, eventsPageSchema);
    const { epoch, head } = await events('wait=0');
    let answered = false;
    const poll = events(`epoch=${epoch}&after=${head}&wait=20`).finally(() => (answered = true));
    const [, , ...rest] = [1, 2].flatMap((n) => webhooksOf(n, Date.now()));
    await events('wait=0');
    expect(answered).toBe(false);
    expect(await webhook(rest[0]?.body ?? '')).toMatchObject({ status: 200 });
    expect((await poll).events[0]).toMatchObject({ seq: head + 1, kind: 'order.created' });
  });

  when(named('a body beyond the limit is refused in the words of the gateway'), async () => {
    const answer = await webhook('x'.repeat(2 * 1024 * 1024));
    expect(answer).toMatchObject({ status: 413, text: expect.stringContaining('"too-large"') });
  });

  when(named('[AU1] who guesses is locked out by an address of his own, whatever he says it is'), async () => {
    const guess = (from: string, claimed: string) =>
      send(
        '/v1/desks',
        JSON.stringify({ code: 'AAAA-BBBB-CCCC-DDDD', name: 'x', publicKey: 'A'.repeat(43) }),
        { 'content-type': 'application/json', 'x-forwarded-for': claimed },
        from,
      );
    let last: Sent = { status: 0, text: '' };
    for (let n = 0; n < 50 && last.status !== 429; n += 1) last = await guess('127.0.0.2', `198.51.100.${n}`);
    expect(last.status).toBe(429);
    expect(await guess('127.0.0.3', '127.0.0.2')).toMatchObject({ status: 401 });
  });

  when(named('what people search for is in no log, figures are inside, and plain http leads to https'), async () => {
    const found = await connect(identity, { agent });
    await found.orders('main', { q: 'Jane Customer' });
    await found.close();
    await expect.poll(() => proxy.accessLog()).toContain('/v1/stores/main/orders');
    expect(proxy.accessLog()).not.toMatch(/Jane|Customer/);
    expect(await send('/metrics', '', {})).toMatchObject({ status: 404 });
    const plain = await fetch(`${proxy.plain}/healthz`, { redirect: 'manual', headers: { host: 'localhost' } });
    expect([301, 308]).toContain(plain.status);
    expect(plain.headers.get('location')).toMatch(/^https:\/\/(localhost|127\.0\.0\.1)/);
  });
});

test('each example names what the gateway has to be told of it', () => {
  for (const file of ['nginx/tillwatch.conf', 'caddy/Caddyfile']) {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../../deploy', file), 'utf8');
    expect(text).toContain('publicUrl: https://gateway.example.com');
    expect(text).toContain("trustProxy: ['127.0.0.1'");
  }
});

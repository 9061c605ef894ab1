/** The doctor at a gateway: who answers, what is let through, who this device is there, and what it must not disturb. */
import { createServer } from 'node:http';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { doctorResult } from '../../../contract/doctor.ts';
import { pairingSchema } from '../../../main/desk/pairing/pairing.ts';
import type { Pairing } from '../../../main/desk/pairing/pairing.ts';
import { newDeviceKey } from '../../../main/desk/pairing/device-key.ts';
import { revokeDesk } from '../../../gateway/store/desks.ts';
import { portalAnswer, proxyAnswer } from '../../support/fault-proxy/http-answers.ts';
import { startInterposer } from '../../support/fault-proxy/interposer.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from '../desk/desk-under-test.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import type { TestGateway } from '../gateway/test-gateway.ts';
import { examined, nobodyAt, pair, pairedAt } from './examined.ts';
import { PATIENCE } from '../../support/patience.ts';

const closers: (() => Promise<void> | void)[] = [];
let gateway: TestGateway;

beforeEach(async () => {
  gateway = await startGateway();
  closers.push(() => gateway.stop());
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function paired(): Promise<Pairing> {
  return pair(gateway.url, await gateway.pairingCode('staff', ['main', 'other']));
}

/** Some other web server. @returns its URL */
async function webServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const nothing = {
  ...{ emitted: () => undefined, subscribed: () => undefined, confirmed: () => undefined },
};

async function interposed() {
  const interposer = await startInterposer(nothing);
  closers.push(() => interposer.close());
  interposer.meddling.gateway = Number(new URL(gateway.url).port);
  return { url: `http://127.0.0.1:${interposer.port}`, meddling: interposer.meddling };
}

describe('all is well', () => {
  test('and every step says so, each store has its own, and no secret is in the report', async () => {
    const pairing = await paired();
    const { report, findings } = await examined(pairedAt(pairing));
    expect(findings).toEqual({
      ...{ proxy: 'proxy-none', name: 'name-address', tcp: 'tcp-open', tls: 'tls-none', http: 'http-gateway' },
      ...{ polling: 'polling-open', websocket: 'websocket-open', ticket: 'ticket-given', clock: 'clock-right' },
      ...{ join: 'join-let-in', resume: 'resume-follows' },
    });
    expect(report.steps.filter(({ step }) => step === 'resume').map(({ params }) => params['store'])).toEqual([
      'Store main',
      'Store other',
    ]);
    expect(doctorResult(report)).toBe('ok');
    expect(report.running).toBeNull();
    for (const secret of [pairing.privateKey, pairing.deskId, 'twt_', 'tws_']) {
      expect(JSON.stringify(report)).not.toContain(secret);
    }
  });

  test('also without a pairing, as far as anybody may look', async () => {
    const { report, findings } = await examined(nobodyAt(gateway.url));
    expect(findings).toMatchObject({ websocket: 'websocket-open', ticket: 'ticket-not-paired', resume: 'not-reached' });
    expect(doctorResult(report)).toBe('ok');
  });

  test('and nothing is left at the gateway', async () => {
    const said = (what: string) => gateway.log.filter(({ message }) => message === what).length;
    await examined(pairedAt(await paired()));
    await vi.waitFor(() => expect(said('desk disconnected')).toBe(1), PATIENCE);
    expect(said('desk connected')).toBe(1);
  });
});

describe('somebody else answers', () => {
  const html = { 'content-type': 'text/html' };
  test.each<[string, RequestListener, string]>([
    ['a sign-in page', (_, to) => to.writeHead(200, html).end('<form>'), 'way-sign-in'],
    ['a redirect to one', (_, to) => to.writeHead(302, { location: 'http://portal.invalid/' }).end(), 'way-sign-in'],
    ['a web server without such a page', (_, to) => to.writeHead(404, html).end('<h1>Not found'), 'way-stranger'],
    ['another service', (_, to) => to.writeHead(200).end('{"status":"UP"}'), 'way-stranger'],
    ['a service of plain words', (_, to) => to.writeHead(200).end('OK'), 'way-stranger'],
    ['a policy', (_, to) => to.writeHead(403).end('blocked'), 'way-between'],
    ['a wall that wants a name', (_, to) => to.writeHead(401).end(), 'way-between'],
    ['a proxy without its gateway', (_, to) => to.writeHead(502, html).end('<h1>Bad Gateway'), 'way-trouble'],
    ['one who has had enough', (_, to) => to.writeHead(429).end(), 'way-patience'],
    ['a line that breaks', (request) => void request.socket.destroy(), 'way-broken'],
    ['one who says nothing', () => undefined, 'way-silent'],
  ])('%s', async (_who, listener, finding) => {
    const { findings, step } = await examined(nobodyAt(await webServer(listener)));
    expect(findings).toMatchObject({ tcp: 'tcp-open', http: finding, polling: 'not-reached', ticket: 'not-reached' });
    expect(step('http').result).toBe('failed');
  });

  test('[CN10] a captive portal in the place of single calls is found where it stands', async () => {
    const { url, meddling } = await interposed();
    const pairing = { ...(await paired()), gateway: url };
    for (const [path, found] of [
      [/challenges/, { http: 'http-gateway', ticket: 'way-sign-in', clock: 'not-reached' }],
      [/sessions/, { ticket: 'ticket-given', clock: 'way-sign-in', join: 'join-let-in', resume: 'not-reached' }],
      [/events/, { clock: 'clock-right', resume: 'way-sign-in' }],
      [/transport=polling/, { polling: 'way-sign-in', ticket: 'ticket-given', join: 'way-sign-in' }],
    ] as const) {
      meddling.answer = (asked) => (path.test(asked) ? portalAnswer() : null);
      expect((await examined(pairedAt(pairing))).findings).toMatchObject(found);
    }
  });
});

describe('[CN9] WebSocket', () => {
  test.each([
    ['refuse', 'websocket-stripped'],
    ['strip', 'websocket-stripped'],
    ['hang', 'websocket-silent'],
  ] as const)('that is lost to "%s" is a warning, and the rest is tried', async (upgrade, finding) => {
    const { url, meddling } = await interposed();
    meddling.upgrade = upgrade;
    const { report, findings } = await examined(pairedAt({ ...(await paired()), gateway: url }));
    expect(findings).toMatchObject({ polling: 'polling-open', websocket: finding, resume: 'resume-follows' });
    expect(doctorResult(report)).toBe('warning');
  });

  test('and polling that a proxy refuses leave the slower path, which is tried', async () => {
    const { url, meddling } = await interposed();
    meddling.answer = (path) => (path.startsWith('/socket.io') ? proxyAnswer(503) : null);
    const { report, findings } = await examined(pairedAt({ ...(await paired()), gateway: url }));
    expect(findings).toMatchObject({
      polling: 'way-trouble',
      websocket: 'websocket-stripped',
      resume: 'resume-follows',
    });
    expect(doctorResult(report)).toBe('failed');
  });
});

describe('[AU2] this device', () => {
  test('with a key the gateway does not know', async () => {
    const { findings } = await examined(pairedAt({ ...(await paired()), privateKey: newDeviceKey().privateKey }));
    expect(findings).toMatchObject({ http: 'http-gateway', ticket: 'ticket-unknown', join: 'not-reached' });
  });

  test('that was revoked', async () => {
    const pairing = await paired();
    await gateway.gateway.storage.writer.write((tx) => revokeDesk(tx, pairing.deskId, Date.now()));
    const { findings } = await examined(pairedAt(pairing));
    expect(findings).toMatchObject({ ticket: 'ticket-revoked', clock: 'not-reached' });
  });

  test('[CK3] whose clock is wrong', async () => {
    const pairing = await paired();
    gateway.clock.at = Date.now() + 3_600_000;
    const { step } = await examined(pairedAt(pairing));
    expect(step('clock')).toMatchObject({ finding: 'clock-behind', result: 'warning' });
    expect(step('clock').params['seconds']).toBeGreaterThan(3_590);
    gateway.clock.at = Date.now() - 120_000;
    expect((await examined(pairedAt(pairing))).findings.clock).toBe('clock-ahead');
  });

  test('[DL4] whose place in the log is another log’s begins with a picture; one ahead of it too', async () => {
    const positions = new Map([
      ['main', { epoch: 'of-another-log', seq: 12 }],
      ['other', null],
    ]);
    const { report } = await examined(pairedAt(await paired(), { positions }));
    const resumed = report.steps.filter(({ step }) => step === 'resume');
    expect(resumed.map(({ finding }) => finding)).toEqual(['resume-picture', 'resume-follows']);
    expect(resumed[0]?.params['reason']).toBe('epoch-changed');
  });

  test('that may not watch a store any more', async () => {
    const pairing = await paired();
    const { findings } = await examined(pairedAt({ ...pairing, stores: [{ id: 'elsewhere', name: 'Elsewhere' }] }));
    expect(findings.resume).toBe('resume-taken-away');
  });
});

describe('a gateway that goes away', () => {
  test('[CN11] says that it drains', async () => {
    const scripted = await startScriptedGateway();
    closers.push(() => scripted.close());
    const pairing = await pair(scripted.url, scripted.code);
    scripted.script.refuse = { code: 'draining', retryAfterMs: 2_000 };
    expect((await examined(pairedAt(pairing))).findings.join).toBe('way-draining');
    scripted.script.refuse = { code: 'protocol-unsupported', supported: [7] };
    expect((await examined(pairedAt(pairing))).step('join')).toMatchObject({ finding: 'join-version' });
  });

  test('in the middle of an examination ends it with what was found', async () => {
    const pairing = await paired();
    const { url, meddling } = await interposed();
    meddling.answered = async (path) => {
      if (path.includes('challenges')) meddling.gateway = null;
    };
    const { findings } = await examined(pairedAt({ ...pairing, gateway: url }));
    expect(findings).toMatchObject({ websocket: 'websocket-open', ticket: 'way-broken', resume: 'not-reached' });
  });
});

describe('[CN8] a desk that is live beside it', () => {
  test('is neither superseded nor disconnected, then or later', async () => {
    const overlap = await startGateway({ timings: { overlapMs: 2_500 } });
    closers.push(() => overlap.stop());
    const desk = await startDesk();
    closers.push(() => desk.stop());
    await desk.pair(overlap.url, await overlap.pairingCode('staff'));
    await desk.live();
    const pairing = pairingSchema.parse(JSON.parse(desk.secrets.value ?? ''));
    const { findings } = await examined(pairedAt(pairing));
    expect(findings).toMatchObject({ join: 'join-let-in', resume: 'resume-follows' });
    const checked = Date.now();
    await vi.waitFor(() => expect(Date.now() - checked).toBeGreaterThan(5_000), PATIENCE);
    expect(desk.screen.state).toMatchObject({ current: true, reconnects: 0, connection: { state: 'live' } });
  });
});

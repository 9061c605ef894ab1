import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settingsFrom } from '../../../contract/settings.ts';
import { inboundLimit, openBrowserHost } from '../../../main/browser/browser-host.ts';
import type { BrowserHost } from '../../../main/browser/browser-host.ts';
import { openSettings } from '../../../main/profile/settings-file.ts';
import type { FakeDesk } from '../../support/browser-host/fake-desk.ts';
import type { Frame } from '../../support/browser-host/page-client.ts';
import { PATIENCE } from '../../support/patience.ts';
import { openHostUnderTest } from './host-under-test.ts';
import type { HostUnderTest } from './host-under-test.ts';

let under: HostUnderTest;
let dir: string;
let desk: FakeDesk;
let host: BrowserHost;

beforeEach(async () => {
  under = await openHostUnderTest();
  ({ dir, desk, host } = under);
});

afterEach(() => under.close());

describe("a page's socket", () => {
  it('answers app.info, and passes requests to the desk', async () => {
    const client = await under.page();
    expect(await client.request('app.info')).toMatchObject({
      ok: true,
      output: { version: '1.2.3', host: 'browser', platform: process.platform, demo: 'unavailable' },
    });
    const input = { gateway: 'http://127.0.0.1:1', code: 'C', name: 'Front' };
    expect(await client.request('pairing.pair', input)).toMatchObject({ ok: true, output: { deskId: 'desk-1' } });
    expect(desk.asked).toEqual([{ name: 'pairing.pair', input }]);
    expect(await client.request('order.read', { store: 'main', order: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'unknown-order' },
    });
    expect(await client.request('demo.start')).toMatchObject({ ok: false, error: { code: 'demo-unavailable' } });
  });

  it('survives whatever is thrown at it', async () => {
    const client = await under.page();
    client.socket.send('not json');
    client.socket.send(Buffer.from([1, 2, 3]));
    client.socket.send('{"id":5,"request":"__proto__","input":{}}');
    expect(await client.waitFor((frame) => frame.id === 5)).toMatchObject({ error: { code: 'unknown-request' } });
    expect(client.frames.filter((frame) => frame.id === -1)).toHaveLength(2);
    expect(await client.request('app.info')).toMatchObject({ ok: true });
  });

  it('closes on a message over the limit, and takes one just below it', async () => {
    const client = await under.page();
    const near = JSON.stringify({ id: 99, request: 'app.info', input: { pad: 'x'.repeat(inboundLimit - 60) } });
    client.socket.send(near);
    expect(await client.waitFor((frame) => frame.id === 99)).toMatchObject({ ok: true });
    client.socket.send('x'.repeat(inboundLimit + 1));
    const [code] = (await once(client.socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await (await under.page()).request('app.info')).toMatchObject({ ok: true });
  });

  it('[CN1] shares one desk among pages, each attached for itself and let go with its socket', async () => {
    const before = desk.attached.size;
    const [one, two] = [await under.page(), await under.page()];
    expect(await one.request('desk.attach')).toMatchObject({ ok: true, output: {} });
    await one.waitFor((frame) => frame.push === 'desk.state');
    desk.push({ name: 'desk.notice', payload: { kind: 'journal' } });
    await one.waitFor((frame) => frame.push === 'desk.notice');
    expect(two.frames).toEqual([]);
    await two.request('desk.attach');
    await two.waitFor((frame) => frame.push === 'desk.state');
    expect(desk.attached.size).toBe(before + 2);
    await one.close();
    await vi.waitFor(() => expect(desk.attached.size).toBe(before + 1), PATIENCE);
    desk.push({ name: 'desk.notice', payload: { kind: 'caught-up', events: 2 } });
    await two.waitFor((frame) => frame.push === 'desk.notice');
    expect(desk.starts + desk.closes).toBe(0);
  });

  it('shows a change of the settings to every page, and refuses one it does not know', async () => {
    const [one, two] = [await under.page(), await under.page()];
    await one.request('desk.attach');
    await two.request('desk.attach');
    const changed = await one.request('settings.write', { changes: { appearance: 'dark' } });
    expect(changed).toMatchObject({ ok: true, output: { appearance: 'dark', density: 'comfortable' } });
    const heard = (frame: Frame) => frame.push === 'desk.settings' && settingsFrom(frame.payload).appearance === 'dark';
    await Promise.all([one.waitFor(heard), two.waitFor(heard)]);
    expect(await two.request('settings.read')).toMatchObject({ ok: true, output: { appearance: 'dark' } });
    for (const changes of [{ appearance: 'pink' }, { retentionHours: 71 }, 'dark']) {
      const refused = await two.request('settings.write', { changes });
      expect(refused).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    }
    expect(openSettings(path.join(dir, 'settings.json'), under.log).read().appearance).toBe('dark');
  });

  it.each([
    ['replay.range', {}],
    ['replay.range', { store: '../main' }],
    ['replay.orders', { store: 'main', at: -1 }],
    ['replay.orders', { store: 'main', at: '2026' }],
    ['replay.orders', { store: 'main', at: 1.5 }],
    ['replay.orders', { store: 'main', at: 1, cursor: 'x'.repeat(200) }],
    ['orders.page', { store: 'main' }],
    ['orders.page', { store: null, from: null, to: 'now' }],
    ['connection.history', { hours: 0 }],
    ['connection.history', { hours: 1_000_000 }],
    ['quarantine.list', { store: 7 }],
    ['case.export', { store: 'main', order: '' }],
    ['file.save', { suggestedName: '../../.bashrc', mediaType: 'text/plain', parts: ['x'] }],
    ['file.save', { suggestedName: 'a.csv', mediaType: 'text/html', parts: ['x'] }],
    ['file.save', { suggestedName: 'a.csv', mediaType: 'text/csv', parts: [7] }],
    ['gateways.add', { gateway: 'https://x', code: 'CODE', name: '  ' }],
    ['gateways.switch', { id: '../1' }],
    ['gateways.forget', { id: '' }],
  ])('takes no malformed %s %j', async (name, input) => {
    const client = await under.page();
    const before = desk.asked.length;
    expect(await client.request(name, input)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    expect(desk.asked).toHaveLength(before);
  });

  it('carries gateways and diagnostics', async () => {
    const client = await under.page();
    const input = { gateway: 'https://station.example.com', code: 'CODE', name: 'Front' };
    expect(await client.request('gateways.add', input)).toMatchObject({ ok: true, output: { id: '2' } });
    expect(await client.request('gateways.switch', { id: '1' })).toMatchObject({ ok: true });
    expect(await client.request('gateways.forget', { id: '2' })).toMatchObject({ ok: true });
    expect(desk.asked.map(({ name }) => name).slice(-3)).toEqual([
      'gateways.add',
      'gateways.switch',
      'gateways.forget',
    ]);
    // The fake desk answers neither of its past: the bundle comes without it.
    const bundle = await client.request('diagnostics.bundle');
    expect(bundle).toMatchObject({ ok: true, output: { mediaType: 'application/json' } });
    const [text = ''] = (bundle.output as { parts: string[] }).parts;
    expect(JSON.parse(text)).toMatchObject({ application: { version: '1.2.3', host: 'browser' }, connection: [] });
    expect(text).not.toContain('s3cret');
  });

  it('says when settings cannot be kept', async () => {
    const client = await under.page();
    await mkdir(path.join(dir, 'settings.json'));
    const refused = await client.request('settings.write', { changes: { grouped: true } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'not-kept' } });
    expect(await client.request('settings.read')).toMatchObject({ ok: true, output: { grouped: false } });
  });

  it('[CN12] shows the proxy of its environment without its password, and lets nobody change it', async () => {
    const client = await under.page();
    const settings = { mode: 'manual', url: 'http://proxy.example:3128' };
    const shown = await client.request('proxy.read');
    expect(shown).toMatchObject({ ok: true, output: { settings, editable: false } });
    expect(JSON.stringify(shown)).not.toContain('s3cret');
    const refused = await client.request('proxy.write', { settings: { mode: 'direct' } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'read-only' } });
  });

  it('answers an attach before the first push', async () => {
    const client = await under.page();
    await client.request('desk.attach');
    await client.waitFor((frame) => frame.push === 'desk.state');
    expect(client.frames.map((frame) => frame.push ?? frame.id)).toEqual([1, 'desk.settings', 'desk.state']);
  });
});

describe('the end', () => {
  it('tells the pages and frees the port, twice without harm', async () => {
    const client = await under.page();
    await client.request('desk.attach');
    const ended = once(client.socket, 'close') as Promise<[number]>;
    await Promise.all([host.close(), host.close()]);
    expect((await ended)[0]).toBe(1001);
    await expect(fetch(host.link)).rejects.toThrow();
  });

  it('does not wait for a page that does not answer', async () => {
    const client = await under.page();
    client.socket.pause();
    await host.close();
    await expect(fetch(host.link)).rejects.toThrow();
    client.socket.resume();
  });

  it('says how to get a page where none was built', async () => {
    const { port } = host;
    const opening = openBrowserHost({
      news: desk,
      handlers: {} as never,
      log: under.log,
      rendererDir: path.join(dir, 'none'),
      port,
    });
    await expect(opening).rejects.toThrow('npm run build');
  });
});

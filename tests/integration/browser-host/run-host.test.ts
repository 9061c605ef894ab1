import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DemoChannel } from '../../../main/profile/demo-channel.ts';
import { environmentNetwork } from '../../../main/browser/environment-network.ts';
import type { HostArguments } from '../../../main/browser/host-arguments.ts';
import { runHost } from '../../../main/browser/run-host.ts';
import type { HostPorts, RunningHost } from '../../../main/browser/run-host.ts';
import { systemLockPort } from '../../../main/profile/system-lock-port.ts';
import { openSettings } from '../../../main/profile/settings-file.ts';
import { DeskError } from '../../../main/desk/desk.ts';
import { deskState } from '../../support/browser-host/desk-state.ts';
import { FakeDesk } from '../../support/browser-host/fake-desk.ts';
import { PageClient } from '../../support/browser-host/page-client.ts';
import { writeRenderer } from '../../support/browser-host/renderer-dir.ts';

let dir: string;
let desk: FakeDesk;
let said: string[];
let opened: string[];
let running: RunningHost[];

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-run-'));
  await writeRenderer(path.join(dir, 'renderer'));
  [desk, said, opened, running] = [new FakeDesk(), [], [], []];
});
afterEach(async () => {
  await Promise.all(running.map((host) => host.close()));
  await rm(dir, { recursive: true, force: true });
});

const link = 'http://127.0.0.1:1';

function start(changes: Partial<HostArguments> = {}, demo: DemoChannel | null = null): Promise<RunningHost | null> {
  const args: HostArguments = {
    data: dir,
    port: 0,
    name: 'Front counter',
    open: false,
    pairing: null,
    demo: demo !== null,
    demoReplaces: null,
    ...changes,
  };
  const ports: HostPorts = {
    createDesk: () => desk,
    demo,
    settings: openSettings(path.join(dir, 'settings.json'), vi.fn()),
    proxy: environmentNetwork({}, vi.fn()),
    lockFile: path.join(dir, 'desk.lock'),
    lockPort: systemLockPort,
    rendererDir: path.join(dir, 'renderer'),
    version: '1.2.3',
    log: vi.fn(),
    recentLog: () => [],
    say: (line) => void said.push(line),
    openLink: async (given) => opened.push(given) > 0,
  };
  return runHost(args, ports).then((host) => {
    if (host) running.push(host);
    return host;
  });
}

const demo = (): DemoChannel => ({ start: vi.fn(async () => ({ gateway: link, code: 'DEMO' })), close: vi.fn() });
const pairedWith = (url: string) => deskState({ gateway: { url, version: null } });

describe('starting the host', () => {
  it('says where it is open only once a page can be used, and opens it when wanted', async () => {
    const host = await start({ open: true });
    expect(said).toEqual([`Tillwatch is open at ${host!.link}`]);
    expect(opened).toEqual([expect.stringContaining('/open?pass=')]);
    expect(desk.starts).toBe(1);
    const page = await PageClient.open(opened[0]!);
    expect(await page.request('app.info')).toMatchObject({ output: { demo: 'unavailable' } });
    await page.close();
  });

  it('leaves saving to the browser of its page', async () => {
    const host = await start();
    const page = await PageClient.open(host!.link);
    const file = { suggestedName: 'a.csv', mediaType: 'text/csv', parts: ['a'] };
    expect(await page.request('file.save', file)).toMatchObject({ ok: false, error: { code: 'page-saves' } });
    await page.close();
  });

  it('[CN1] finds the one that runs with the same profile, and opens that', async () => {
    const first = await start();
    expect(await start({ open: true })).toBeNull();
    expect(said.slice(1)).toEqual([
      'Tillwatch is running already with this profile.',
      `Tillwatch is open at ${first!.link}`,
    ]);
    await (await PageClient.open(opened[0]!)).close();
    expect(desk.starts).toBe(1);
    if (process.platform !== 'win32') expect((await stat(path.join(dir, 'desk.lock'))).mode & 0o777).toBe(0o600);
  });

  it('closes desk, page and lock, and can then be started again', async () => {
    const first = await start();
    await Promise.all([first!.close(), first!.close()]);
    expect(desk.closes).toBe(1);
    expect(desk.attached.size).toBe(0);
    await expect(fetch(first!.link)).rejects.toThrow();
    await expect(readFile(path.join(dir, 'desk.lock'))).rejects.toThrow('ENOENT');
    expect(await start()).not.toBeNull();
  });

  it('leaves nothing behind when the port is taken', async () => {
    const other = await start();
    const port = Number(new URL(other!.link).port);
    await rm(path.join(dir, 'desk.lock'));
    const failing = new FakeDesk();
    desk = failing;
    await expect(start({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect([failing.closes, failing.attached.size]).toEqual([1, 0]);
    await expect(readFile(path.join(dir, 'desk.lock'))).rejects.toThrow('ENOENT');
  });
});

describe('pairing at the start', () => {
  it('pairs an unpaired profile, and leaves a paired one alone', async () => {
    await start({ pairing: { gateway: link, code: 'C' } });
    expect(desk.asked).toEqual([{ name: 'pairing.pair', input: { gateway: link, code: 'C', name: 'Front counter' } }]);
    await running[0]?.close();
    [desk, said] = [new FakeDesk(), []];
    desk.state = pairedWith('https://shop.example');
    await start({ pairing: { gateway: link, code: 'C' } });
    expect(desk.asked).toEqual([]);
    expect(said[0]).toContain('This profile stays paired with https://shop.example. Add another gateway');
  });

  it('says what is missing when it was given a gateway and no code', async () => {
    await start({ pairing: { gateway: link, code: null } });
    expect(desk.asked).toEqual([]);
    expect(said[0]).toBe(
      `This profile is not paired with ${link} yet: enter a pairing code on the page, or give --pair CODE.`,
    );
  });

  it('opens all the same when pairing fails, and says why', async () => {
    desk.failures.set('pairing.pair', new DeskError('bad-code', 'The code is used up.'));
    const host = await start({ pairing: { gateway: link, code: 'C' } });
    expect(said).toEqual(['Pairing failed: The code is used up.', `Tillwatch is open at ${host!.link}`]);
  });

  it('lets no gateway write to the terminal but words', async () => {
    desk.failures.set('pairing.pair', new DeskError('odd', '\u001b[2JNot\u0007 \u202eyou'));
    await start({ pairing: { gateway: link, code: 'C' } });
    expect(said[0]).toBe('Pairing failed: Not� �you');
  });

  it('takes the demo on offer, and again where its gateway has moved', async () => {
    await start({}, demo());
    const pair = { name: 'pairing.pair', input: { gateway: link, code: 'DEMO', name: 'Front counter' } };
    expect(desk.asked).toEqual([pair]);
    await running[0]?.close();
    desk = new FakeDesk();
    desk.state = pairedWith('http://127.0.0.1:2');
    await start({ demoReplaces: 'http://127.0.0.1:2' }, demo());
    expect(desk.asked).toEqual([{ name: 'pairing.forget', input: {} }, pair]);
  });

  it('offers the demo to a page while the desk is unpaired, and starts it from there', async () => {
    desk.failures.set('pairing.pair', new DeskError('unreachable', 'Not yet.'));
    const host = await start({}, demo());
    const page = await PageClient.open(host!.link);
    expect(await page.request('app.info')).toMatchObject({ output: { demo: 'available' } });
    desk.failures.clear();
    expect(await page.request('demo.start')).toMatchObject({ ok: true, output: {} });
    desk.state = pairedWith(link);
    desk.push({ name: 'desk.state', payload: desk.state });
    expect(await page.request('app.info')).toMatchObject({ output: { demo: 'running' } });
    await page.close();
  });
});

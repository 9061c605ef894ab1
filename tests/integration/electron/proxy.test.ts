import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ElectronApplication } from '../../support/electron/electron-application.ts';
import { clickMenu } from '../../support/electron/menu-click.ts';
import { askBare, attachBare, bareState, bareWindow, patient } from '../../support/electron-stand-in/bare-desk.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';

let dir: string;
let entry: string;
let gateway: ScriptedGateway;
let app: StandInApplication;

async function launch(...more: string[]): Promise<StandInApplication> {
  const launched = await StandInApplication.launch(entry, ['--data', path.join(dir, 'desk'), ...more]);
  if (!launched) throw new Error('the application ended at once');
  return launched;
}

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-proxy-'));
  entry = await buildApplication(path.join(dir, 'built'), 'bare');
  gateway = await startScriptedGateway();
  app = await launch('--gateway', gateway.url, '--pair', gateway.code);
});

afterAll(async () => {
  await app.close();
  await gateway.close();
  await rm(dir, { recursive: true, force: true });
});

const sessionProxy = () => app.evaluate(({ standIn }) => standIn.session.proxyConfig, null);
const said = () => app.evaluate(({ standIn }) => standIn.dialog.asked.map(({ detail }) => detail ?? ''), null);
const click = (label: string) => clickMenu(app as unknown as ElectronApplication, label);
const copy = (text: string) => app.evaluate(({ standIn }, copied) => void (standIn.copied = copied), text);

it('[CN12] is the system’s until a person chooses', async () => {
  await expect.poll(sessionProxy).toEqual({ mode: 'system' });
  const page = await bareWindow(app);
  expect(await askBare(page, 'readProxy', {})).toEqual({
    ok: true,
    // The gateway is on this machine: no proxy leads there.
    output: { settings: { mode: 'system' }, editable: true, inUse: null },
  });
});

it('[CN12] is set by the page: bad input is explained, good input connects anew', async () => {
  const page = await bareWindow(app);
  await attachBare(page);
  const { reconnects } = await bareState(page, ({ connection }) => connection.state === 'live');
  const bad = { settings: { mode: 'manual', url: 'socks5://proxy.example:1080' } };
  expect(await askBare(page, 'writeProxy', bad)).toMatchObject({
    ok: false,
    error: { code: 'bad-proxy', message: expect.stringContaining('SOCKS') },
  });
  const good = { settings: { mode: 'manual', url: 'proxy.example:3128' } };
  const settings = { mode: 'manual', url: 'http://proxy.example:3128' };
  expect(await askBare(page, 'writeProxy', good)).toMatchObject({ ok: true, output: { settings } });
  expect(await sessionProxy()).toEqual({ mode: 'fixed_servers', proxyRules: 'http://proxy.example:3128' });
  await bareState(page, (state) => state.connection.state === 'live' && state.reconnects > reconnects);
});

it('[CN12] is taken from the clipboard by the menu, or explained', async () => {
  await copy('not a proxy');
  await click('Take an address from the clipboard…');
  await vi.waitFor(async () => expect((await said()).join()).toContain('not the address of a proxy'), patient);
  await copy('squid.example:3128');
  await click('Take an address from the clipboard…');
  const proxyRules = 'http://squid.example:3128';
  await vi.waitFor(async () => expect(await sessionProxy()).toEqual({ mode: 'fixed_servers', proxyRules }), patient);
  await click('None: connect directly');
  await vi.waitFor(async () => expect(await sessionProxy()).toEqual({ mode: 'direct' }), patient);
});

it('[CN12] comes back with the next start, and stays in the profile', async () => {
  const page = await bareWindow(app);
  await askBare(page, 'writeProxy', { settings: { mode: 'manual', url: 'https://secure.example:8443' } });
  expect(await app.close()).toBe(0);
  const kept = JSON.parse(await readFile(path.join(dir, 'desk', 'proxy.json'), 'utf8')) as unknown;
  expect(kept).toEqual({ mode: 'manual', url: 'https://secure.example:8443' });
  app = await launch();
  const proxyRules = 'https://secure.example:8443';
  await vi.waitFor(async () => expect(await sessionProxy()).toEqual({ mode: 'fixed_servers', proxyRules }), patient);
});

it('crash dumps go where the profile is', async () => {
  const noted = await app.evaluate(({ standIn }) => standIn.app.noted.crashDumps, null);
  expect(noted).toBe(path.join(dir, 'desk', 'crashes'));
});

/** Files, gateways and the past through the Electron host: preload, door, dialogs of the system. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '@playwright/test';
import { GatewayServer } from '../../support/e2e/gateway-server.ts';
import { askBare, attachBare, bareState, bareWindow } from '../../support/electron-stand-in/bare-desk.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';

let dir: string;
let street: GatewayServer;
let station: GatewayServer;
let app: StandInApplication;
let page: Page;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-services-'));
  const entry = await buildApplication(path.join(dir, 'built'), 'bare');
  const folders = ['street', 'station'].map((name) => path.join(dir, name));
  for (const folder of folders) await mkdir(folder);
  [street, station] = folders.map((folder) => new GatewayServer(folder)) as [GatewayServer, GatewayServer];
  await Promise.all([street.start(), station.start()]);
  const pairing = ['--gateway', street.url, '--pair', await street.pairingCode()];
  const launched = await StandInApplication.launch(entry, ['--data', path.join(dir, 'desk'), ...pairing]);
  if (!launched) throw new Error('the application ended at once');
  app = launched;
  page = await bareWindow(app);
  await attachBare(page);
  await bareState(page, ({ current }) => current);
});

afterAll(async () => {
  await app.close();
  await Promise.all([street.stop(), station.stop()]);
  await rm(dir, { recursive: true, force: true });
});

const saveAt = (file: string | null) => app.evaluate(({ standIn }, at) => void (standIn.dialog.saveAt = at), file);
const csv = { suggestedName: 'orders.csv', mediaType: 'text/csv', parts: ['\uFEFFa,ü\r\n', '1,2\r\n'] };

test('a file is written where the person says, and nowhere else', async () => {
  const to = path.join(dir, 'mine.csv');
  await saveAt(null);
  expect(await askBare(page, 'saveFile', csv)).toEqual({ ok: true, output: { outcome: 'cancelled' } });
  expect(existsSync(to)).toBe(false);
  await saveAt(to);
  expect(await askBare(page, 'saveFile', csv)).toEqual({ ok: true, output: { outcome: 'saved' } });
  expect(await readFile(to, 'utf8')).toBe(csv.parts.join(''));
  await saveAt(path.join(dir, 'no', 'such', 'folder.csv'));
  expect(await askBare(page, 'saveFile', csv)).toMatchObject({ ok: false, error: { code: 'not-kept' } });
});

test('a page names no folder, and asks nobody with what is no file', async () => {
  const asked = () => app.evaluate(({ standIn }) => standIn.dialog.saves.length, null);
  const before = await asked();
  for (const wrong of [
    { suggestedName: '../../.bashrc' },
    { mediaType: 'text/html' },
    { parts: 'x' },
    { parts: ['\uD83D'] },
  ]) {
    const answer = await askBare(page, 'saveFile', { ...csv, ...wrong });
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  }
  expect(await asked()).toBe(before);
});

test('what was shown, how the connection went, and a bundle of it all', async () => {
  const range = await askBare(page, 'readReplayRange', { store: 'main' });
  expect(range).toMatchObject({ ok: true, output: { complete: true } });
  const { from, to } = (range as { output: { from: number; to: number } }).output;
  const picture = await askBare(page, 'readReplay', { store: 'main', at: to });
  expect([picture, from <= to]).toMatchObject([{ ok: true, output: { complete: true, orders: [], next: null } }, true]);
  const history = await askBare(page, 'readConnectionHistory', { hours: 24 });
  const { segments } = (history as { output: { segments: { state: string }[] } }).output;
  expect(segments.at(-1)).toMatchObject({ state: 'live' });
  expect(await askBare(page, 'pageOrders', { store: null, from: null, to: null })).toMatchObject({
    output: { total: 0 },
  });
  expect(await askBare(page, 'listQuarantine', { store: 'main' })).toEqual({ ok: true, output: { events: [] } });
  const bundle = await askBare(page, 'makeDiagnostics', {});
  const text = (bundle as { output: { parts: string[] } }).output.parts.join('');
  expect(JSON.parse(text)).toMatchObject({ application: { host: 'electron' }, gateways: [{ gateway: street.url }] });
  const unknown = await askBare(page, 'exportCase', { store: 'main', order: 'ord_none' });
  expect(unknown).toMatchObject({ ok: false });
});

test('[CN1] one more gateway is shown in the same window, its key sealed as the first', async () => {
  const code = await station.pairingCode();
  const added = await askBare(page, 'addGateway', { gateway: station.url, code, name: 'Front' });
  expect(added).toEqual({ ok: true, output: { id: '2' } });
  await bareState(page, (state) => state.current && state.gateway?.url === station.url);
  expect(await readFile(path.join(dir, 'desk', 'gateways', '2', 'desk-key'), 'utf8')).toMatch(/^\{"sealed":/);
  const listed = await askBare(page, 'listGateways', {});
  expect(listed).toMatchObject({
    output: {
      gateways: [
        { id: '1', shown: false },
        { id: '2', shown: true },
      ],
    },
  });
  expect(await askBare(page, 'switchGateway', { id: '1' })).toEqual({ ok: true, output: {} });
  await bareState(page, (state) => state.current && state.gateway?.url === street.url);
  expect(await askBare(page, 'forgetGateway', { id: '2' })).toEqual({ ok: true, output: {} });
  expect(existsSync(path.join(dir, 'desk', 'gateways', '2'))).toBe(false);
  expect(await askBare(page, 'switchGateway', { id: '2' })).toMatchObject({ error: { code: 'unknown-gateway' } });
});

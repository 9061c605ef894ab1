import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ProxySettings } from '../../../../contract/proxy.ts';
import type { UpdateOffer } from '../../../../main/electron/shell-options.ts';
import { englishShellWords } from '../../../../main/electron/english-shell-words.ts';
import type { ElectronHost } from '../../../../main/electron/run-electron-host.ts';
import { withUpdates } from '../../../../main/electron/with-updates.ts';
import type { UpdateHostOptions } from '../../../../main/electron/with-updates.ts';
import { deskState } from '../../../support/browser-host/desk-state.ts';
import { PATIENCE } from '../../../support/patience.ts';

let resources: string;
beforeEach(() => {
  resources = mkdtempSync(path.join(tmpdir(), 'tillwatch-resources-'));
});
afterEach(() => rmSync(resources, { recursive: true, force: true }));

function setUp(isPackaged: boolean) {
  const app = Object.assign(new EventEmitter(), { isPackaged });
  const updater = {
    ...{ check: vi.fn(), download: vi.fn(), installAtQuit: vi.fn(), installAndRestart: vi.fn() },
    useProxy: vi.fn(async () => undefined),
  };
  const proxies = new Set<(settings: ProxySettings) => void>();
  const proxy = {
    watch(listener: (settings: ProxySettings) => void) {
      proxies.add(listener);
      return () => proxies.delete(listener);
    },
  };
  const offers: UpdateOffer[] = [];
  const shell = { offerUpdates: (offer: UpdateOffer) => offers.push(offer), redraw: vi.fn() };
  updater.check.mockResolvedValue('9.0.0');
  const looks: (() => void)[] = [];
  const timers = {
    monotonic: () => 0,
    after: (_ms: number, run: () => void) => {
      looks.push(run);
      return () => undefined;
    },
    every: () => () => undefined,
  };
  const close = vi.fn(async () => undefined);
  const state = { ...deskState(), commands: [] as { state: string }[] };
  const windows = { present: () => ({}) };
  const words = () => englishShellWords;
  const host = { close, state: () => state, windows, proxy, shell, words } as unknown as ElectronHost;
  const log = vi.fn();
  const options = {
    electron: { app, dialog: { showMessageBox: vi.fn() }, createNotification: () => ({ on: vi.fn(), show: vi.fn() }) },
    ...{
      profile: resources,
      resources,
      platform: 'darwin',
      version: '1.0.0',
      openUpdater: async () => updater,
      timers,
      log,
    },
  } as unknown as UpdateHostOptions;
  return { app, updater, looks, close, host, log, state, options, proxies, offers, shell };
}

it('leaves a host alone that cannot be updated, and says why', () => {
  for (const isPackaged of [false, true]) {
    const { host, options, log, looks } = setUp(isPackaged);
    expect(withUpdates(host, options)).toBe(host);
    expect(log).toHaveBeenCalledWith('info', 'updates are off', expect.anything());
    expect(looks).toEqual([]);
  }
});

it('[CM3] installs at a quit only while no command is unsettled, and ends with the host', async () => {
  writeFileSync(path.join(resources, 'app-update.yml'), 'provider: github\nowner: example\nrepo: tillwatch\n');
  const { app, updater, looks, close, host, state, options } = setUp(true);
  const updated = withUpdates(host, options);
  looks[0]?.();
  await vi.waitFor(() => expect(updater.download).toHaveBeenCalledTimes(1), PATIENCE);
  state.commands.push({ state: 'unknown' });
  app.emit('before-quit');
  await vi.waitFor(() => expect(updater.installAtQuit).toHaveBeenLastCalledWith(false), PATIENCE);
  state.commands.length = 0;
  app.emit('before-quit');
  await vi.waitFor(() => expect(updater.installAtQuit).toHaveBeenLastCalledWith(true), PATIENCE);
  await updated.close();
  expect(close).toHaveBeenCalledTimes(1);
  expect(app.listenerCount('before-quit')).toBe(0);
});

it('offers a restart in the menus, keeps the chosen channel, and follows the proxy until it is closed', async () => {
  writeFileSync(path.join(resources, 'app-update.yml'), 'provider: github\nowner: example\nrepo: tillwatch\n');
  const { updater, looks, host, options, proxies, offers, shell } = setUp(true);
  const updated = withUpdates(host, options);
  const [offer] = offers;
  if (!offer) throw new Error('nothing is offered');
  expect([offer.ready(), offer.previews()]).toEqual([null, false]);
  looks[0]?.();
  await vi.waitFor(() => expect(offer.ready()).toBe('9.0.0'), PATIENCE);
  expect(shell.redraw).toHaveBeenCalled();
  offer.setPreviews(true);
  expect(offer.previews()).toBe(true);
  await vi.waitFor(() => expect(updater.check).toHaveBeenLastCalledWith('previews'), PATIENCE);
  for (const changed of proxies) changed({ mode: 'manual', url: 'http://proxy.example:3128' });
  const proxyRules = 'http://proxy.example:3128';
  await vi.waitFor(
    () => expect(updater.useProxy).toHaveBeenCalledWith({ mode: 'fixed_servers', proxyRules }),
    PATIENCE,
  );
  await updated.close();
  expect(proxies.size).toBe(0);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeskError } from '../../../../main/desk/desk.ts';
import { electronNetwork } from '../../../../main/electron/electron-network.ts';
import { proxyActions } from '../../../../main/electron/proxy-actions.ts';
import { SessionProxy } from '../../../../main/electron/session-proxy.ts';
import { StandInSession } from '../../../support/electron-stand-in/stand-in-session.ts';

let dir: string;
let session: StandInSession;
const log = vi.fn();
const gateway = 'https://gateway.example';

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-proxy-'));
  session = new StandInSession();
  log.mockReset();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function open(): Promise<SessionProxy> {
  const network = electronNetwork(session, vi.fn());
  const proxy = new SessionProxy({ file: path.join(dir, 'proxy.json'), session, network, log });
  await proxy.open();
  return proxy;
}

describe('[CN12] the proxy that a person sets', () => {
  it('is the system’s at first, and what was set last from then on', async () => {
    session.proxy = 'PROXY system.example:1';
    const proxy = await open();
    expect(session.proxyConfig).toEqual({ mode: 'system' });
    expect(await proxy.resolveProxy(gateway)).toBe('http://system.example:1');
    await proxy.write({ mode: 'manual', url: 'proxy.example:3128' });
    expect(session.proxyConfig).toEqual({ mode: 'fixed_servers', proxyRules: 'http://proxy.example:3128' });
    expect(await proxy.resolveProxy(gateway)).toBe('http://proxy.example:3128');
    const again = await open();
    expect(again.read()).toEqual({ mode: 'manual', url: 'http://proxy.example:3128' });
    expect(await again.resolveProxy(gateway)).toBe('http://proxy.example:3128');
    await again.write({ mode: 'direct' });
    expect(await again.resolveProxy(gateway)).toBeNull();
    expect((await open()).read()).toEqual({ mode: 'direct' });
  });

  it('changes nothing where its address is bad', async () => {
    const proxy = await open();
    const heard = vi.fn();
    proxy.watch(heard);
    await expect(proxy.write({ mode: 'manual', url: 'socks5://proxy.example:1080' })).rejects.toThrow(/SOCKS/);
    expect(session.proxyConfig).toEqual({ mode: 'system' });
    expect(heard).not.toHaveBeenCalled();
  });

  it('stays as it was, also in the session, where it cannot be kept', async () => {
    const proxy = await open();
    mkdirSync(path.join(dir, 'proxy.json'));
    await expect(proxy.write({ mode: 'direct' })).rejects.toMatchObject({ code: 'not-kept' });
    expect(proxy.read()).toEqual({ mode: 'system' });
    expect(session.proxyConfig).toEqual({ mode: 'system' });
  });

  it.each(['{"mode":"manual","url":"socks5://evil:1"}', '{"mode":"pac"}', '{', ''])(
    'is the system’s where the file holds %s',
    async (text) => {
      writeFileSync(path.join(dir, 'proxy.json'), text);
      expect((await open()).read()).toEqual({ mode: 'system' });
      expect(session.proxyConfig).toEqual({ mode: 'system' });
    },
  );

  it('keeps the order of changes that race, and tells of each that was made', async () => {
    const proxy = await open();
    const heard = vi.fn();
    const end = proxy.watch(heard);
    const bad = proxy.write({ mode: 'manual', url: 'nonsense' });
    await Promise.all([proxy.write({ mode: 'direct' }), proxy.write({ mode: 'manual', url: 'a:1' })]);
    await expect(bad).rejects.toThrow(DeskError);
    expect(heard.mock.calls).toEqual([[{ mode: 'direct' }], [{ mode: 'manual', url: 'http://a:1' }]]);
    expect(JSON.parse(readFileSync(path.join(dir, 'proxy.json'), 'utf8'))).toEqual(proxy.read());
    end();
    await proxy.write({ mode: 'system' });
    expect(heard).toHaveBeenCalledTimes(2);
  });
});

describe('[CN12] the proxy by the menu', () => {
  function menu(copied: string, answer: boolean) {
    const ports = {
      proxy: { write: vi.fn(async () => undefined) },
      clipboard: { readText: async () => copied },
      dialogs: { askProxy: vi.fn(async () => answer), tellProxyRefused: vi.fn(async () => undefined) },
      window: () => ({}) as never,
      onRefused: vi.fn(),
    };
    return { ports, actions: proxyActions(ports) };
  }

  it('takes an address from the clipboard once a person has agreed to it', async () => {
    const { ports, actions } = menu(' proxy.example:3128\n', true);
    await actions.fromClipboard();
    expect(ports.dialogs.askProxy).toHaveBeenCalledWith({}, 'http://proxy.example:3128');
    expect(ports.proxy.write).toHaveBeenCalledExactlyOnceWith({ mode: 'manual', url: 'http://proxy.example:3128' });
  });

  it('changes nothing when that person does not', async () => {
    const { ports, actions } = menu('proxy.example:3128', false);
    await actions.fromClipboard();
    expect(ports.proxy.write).not.toHaveBeenCalled();
    expect(ports.onRefused).toHaveBeenCalledTimes(1);
  });

  it('says what is wrong with what is in the clipboard', async () => {
    const { ports, actions } = menu('my shopping list', true);
    await actions.fromClipboard();
    expect(ports.dialogs.askProxy).not.toHaveBeenCalled();
    expect(ports.dialogs.tellProxyRefused).toHaveBeenCalledWith(
      {},
      expect.stringMatching(/not the address of a proxy/),
    );
  });

  it('says why a change was not made, and shows the settings as they are', async () => {
    const { ports, actions } = menu('', true);
    ports.proxy.write.mockRejectedValueOnce(new DeskError('not-kept', 'The disk is full.'));
    await actions.set({ mode: 'direct' });
    expect(ports.dialogs.tellProxyRefused).toHaveBeenCalledWith({}, 'The disk is full.');
    expect(ports.onRefused).toHaveBeenCalledTimes(1);
  });
});

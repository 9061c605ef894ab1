import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { electronNetwork } from '../../../../main/electron/electron-network.ts';
import { proxyOf } from '../../../../main/electron/proxy-answer.ts';
import { openSafeSecrets } from '../../../../main/electron/safe-secrets.ts';
import { watchSystem } from '../../../../main/electron/system-signals.ts';
import { createFileSecrets } from '../../../../main/profile/file-secrets.ts';
import { StandInSafeStorage } from '../../../support/electron-stand-in/stand-in-shell.ts';
import { EventEmitter } from 'node:events';

describe('[CN12] the proxy of an address', () => {
  it.each([
    ['DIRECT', null],
    ['', null],
    ['nonsense', null],
    ['PROXY proxy.example:3128', 'http://proxy.example:3128'],
    ['proxy proxy.example:3128; DIRECT', 'http://proxy.example:3128'],
    ['HTTPS secure.example:443', 'https://secure.example'],
    ['HTTPS secure.example:8443;PROXY other.example:1', 'https://secure.example:8443'],
    ['SOCKS5 socks.example:1080; PROXY proxy.example:3128', 'http://proxy.example:3128'],
    ['SOCKS socks.example:1080; DIRECT', null],
    ['SOCKS5 socks.example:1080', null],
    ['PROXY [::1]:3128', 'http://[::1]:3128'],
    ['PROXY', null],
    ['DIRECT; PROXY proxy.example:3128', null],
  ])('%s → %s', (answer, proxy) => {
    expect(proxyOf(answer)).toBe(proxy);
  });

  it('is direct, and told, when the system cannot say', async () => {
    const onFault = vi.fn();
    const network = electronNetwork({ resolveProxy: () => Promise.reject(new Error('no script')) }, onFault);
    expect(await network.resolveProxy('https://gateway.example')).toBeNull();
    expect(onFault).toHaveBeenCalledWith('proxy not resolved', { error: 'no script' });
    expect(network.certificates()).toBeInstanceOf(Array);
  });
});

describe('[AU1] the key of this device', () => {
  let dir: string;
  let file: string;
  const cipher = () => new StandInSafeStorage() as unknown as Parameters<typeof openSafeSecrets>[1];
  const plain = () =>
    Object.assign(new StandInSafeStorage(), { backend: 'basic_text' }) as unknown as ReturnType<typeof cipher>;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-secrets-'));
    file = path.join(dir, 'desk-key');
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('is sealed by the system where it can', async () => {
    const secrets = await openSafeSecrets(createFileSecrets(file), cipher(), 'linux');
    expect(secrets.kind).toBe('protected');
    expect(await secrets.load()).toBeNull();
    await secrets.save('private-key');
    expect(await readFile(file, 'utf8')).not.toContain('private-key');
    expect(await secrets.load()).toBe('private-key');
    await secrets.clear();
    expect(await secrets.load()).toBeNull();
  });

  it('is a file, and told to be one, where the system protects nothing', async () => {
    const secrets = await openSafeSecrets(createFileSecrets(file), plain(), 'linux');
    expect(secrets.kind).toBe('file');
    await secrets.save('private-key');
    expect(await secrets.load()).toBe('private-key');
  });

  it('is sealed when protection comes later, and asks for a person when it goes', async () => {
    await writeFile(file, 'private-key');
    const sealed = await openSafeSecrets(createFileSecrets(file), cipher(), 'linux');
    expect(await sealed.load()).toBe('private-key');
    expect(await readFile(file, 'utf8')).toContain('sealed');
    const without = await openSafeSecrets(createFileSecrets(file), plain(), 'linux');
    await expect(without.load()).rejects.toThrow('protected by the system');
  });

  it('is sealed anew when the system asks for it', async () => {
    const rotated = new StandInSafeStorage();
    const encrypt = vi.spyOn(rotated, 'encryptStringAsync');
    const secrets = await openSafeSecrets(createFileSecrets(file), rotated as never, 'darwin');
    await secrets.save('private-key');
    vi.spyOn(rotated, 'decryptStringAsync').mockResolvedValue({ result: 'private-key', shouldReEncrypt: true });
    expect(await secrets.load()).toBe('private-key');
    expect(encrypt).toHaveBeenCalledTimes(2);
  });
});

describe('hints of the system', () => {
  it('[CN3] reach the desk, once each, and end', () => {
    const powerMonitor = new EventEmitter();
    let online = true;
    let tick: (() => void) | null = null;
    const signal = vi.fn();
    const end = watchSystem(
      { signal },
      {
        powerMonitor: powerMonitor as never,
        isOnline: () => online,
        every: (_ms, run) => {
          tick = run;
          return () => (tick = null);
        },
      },
    );
    const look = () => tick?.();
    look();
    online = false;
    look();
    look();
    online = true;
    look();
    powerMonitor.emit('suspend');
    powerMonitor.emit('resume');
    powerMonitor.emit('unlock-screen');
    expect(signal.mock.calls.flat()).toEqual(['offline', 'online', 'suspend', 'resume', 'online']);
    end();
    powerMonitor.emit('suspend');
    expect(signal).toHaveBeenCalledTimes(5);
    expect(tick).toBeNull();
    expect(powerMonitor.eventNames().filter((name) => powerMonitor.listenerCount(name) > 0)).toEqual([]);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const script = path.resolve(import.meta.dirname, '..', '..', 'support', 'packaging', 'ask-updater.ts');

let dir: string;
let server: Server;
let feed: string;
const asked: string[] = [];

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-updater-'));
  server = createServer((request, response) => {
    asked.push(request.url?.split('?')[0] ?? '');
    response.end(feed);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const config = `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: tillwatch-updater\n`;
  await writeFile(path.join(dir, 'app-update.yml'), config);
});

afterAll(async () => {
  server.close();
  await rm(dir, { recursive: true, force: true });
});

function feedOf(version: string, more = ''): string {
  const file = `Tillwatch-${version}-linux-x86_64.AppImage`;
  return `version: ${version}\nfiles:\n  - url: ${file}\n    sha512: AAAA\n    size: 1\npath: ${file}\nsha512: AAAA\nreleaseDate: '2026-01-01T00:00:00.000Z'\n${more}`;
}

interface Answer {
  readonly offered: string | null;
  readonly proxies: readonly object[];
}

/** What an installed copy of a version is offered; electron-updater runs with the application's own settings. */
async function offeredTo(version: string, channel?: 'releases' | 'previews'): Promise<string | null> {
  return (await asks(version, channel)).offered;
}

async function asks(version: string, channel?: 'releases' | 'previews'): Promise<Answer> {
  const env = { ...process.env, APPIMAGE: path.join(dir, 'tillwatch.AppImage'), XDG_CACHE_HOME: dir };
  const child = spawn(process.execPath, [script, dir, version, ...(channel ? [channel] : [])], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Answer;
}

describe.runIf(process.platform === 'linux')('the updater, as the application sets it', () => {
  it('is offered what is newer, and neither the same nor an older version', async () => {
    feed = feedOf('1.2.0');
    expect(await offeredTo('1.1.9')).toBe('1.2.0');
    expect(await offeredTo('1.2.0')).toBeNull();
    expect(await offeredTo('1.3.0')).toBeNull();
  });

  it('waits where the roll-out has not reached it', async () => {
    feed = feedOf('1.2.0', 'stagingPercentage: 0\n');
    expect(await offeredTo('1.1.0')).toBeNull();
    feed = feedOf('1.2.0', 'stagingPercentage: 100\n');
    expect(await offeredTo('1.1.0')).toBe('1.2.0');
  });

  it('asks the channel of its own version, and takes no older one in it', async () => {
    feed = feedOf('1.3.0-beta.2');
    asked.length = 0;
    expect(await offeredTo('1.3.0-beta.1')).toBe('1.3.0-beta.2');
    expect(asked).toContain('/beta-linux.yml');
    expect(await offeredTo('1.3.0-beta.3')).toBeNull();
    asked.length = 0;
    expect(await offeredTo('1.2.0')).toBe('1.3.0-beta.2');
    expect(asked).toContain('/latest-linux.yml');
  });

  it('asks the channel that a person chose', async () => {
    feed = feedOf('1.3.0-beta.2');
    asked.length = 0;
    expect(await offeredTo('1.2.0', 'previews')).toBe('1.3.0-beta.2');
    expect(asked).toContain('/beta-linux.yml');
    asked.length = 0;
    await offeredTo('1.3.0-beta.1', 'releases');
    expect(asked).toContain('/latest-linux.yml');
    feed = feedOf('1.2.0');
    expect(await offeredTo('1.3.0-beta.1', 'releases')).toBeNull();
  });

  it('[CN12] asks through the proxy that is set', async () => {
    feed = feedOf('1.2.0');
    expect((await asks('1.1.0')).proxies).toEqual([{ mode: 'direct' }]);
  });
});

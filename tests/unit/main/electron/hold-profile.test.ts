import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { holdProfile } from '../../../../main/electron/hold-profile.ts';
import { acquireProfileLock } from '../../../../main/profile/profile-lock.ts';
import { systemLockPort } from '../../../../main/profile/system-lock-port.ts';
import { PATIENCE } from '../../../support/patience.ts';

let dir: string;
let lockFile: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-hold-'));
  lockFile = path.join(dir, 'desk.lock');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const lockPort = systemLockPort;

describe('[CN1] the profile of the desktop application', () => {
  it('is refused to the browser host, which lets the application come to the front', async () => {
    const onAsked = vi.fn();
    const letGo = await holdProfile({ lockFile, lockPort, onAsked });
    const other = await acquireProfileLock(lockFile, lockPort, process.pid + 1);
    expect(other).toMatchObject({ running: { socket: expect.stringContaining('tillwatch-') } });
    await vi.waitFor(() => expect(onAsked).toHaveBeenCalled(), PATIENCE);
    await letGo?.();
    await expect(access(lockFile)).rejects.toThrow('ENOENT');
    expect(await acquireProfileLock(lockFile, lockPort, process.pid + 1)).toHaveProperty('lock');
  });

  it('is left alone while the browser host has it', async () => {
    const browserHost = await acquireProfileLock(lockFile, lockPort, process.ppid);
    if (!('lock' in browserHost)) throw new Error('the lock was taken');
    await browserHost.lock.publish({ port: 1, key: 'key' });
    const answers = async () => true;
    expect(await holdProfile({ lockFile, lockPort: { ...lockPort, answers }, onAsked: vi.fn() })).toBeNull();
    expect(JSON.parse(await readFile(lockFile, 'utf8'))).toMatchObject({ at: { port: 1 } });
  });
});

import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepNewestDumps } from '../../../../main/electron/crash-dumps.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-crashes-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** A dump of so many bytes that came at this second. */
function dump(folder: string, at: number, bytes = 100): void {
  mkdirSync(path.join(dir, folder), { recursive: true });
  for (const ending of ['dmp', 'meta']) {
    const file = path.join(dir, folder, `${at}.${ending}`);
    writeFileSync(file, Buffer.alloc(bytes));
    utimesSync(file, at, at);
  }
}

const dumps = () =>
  ['pending', 'completed', 'reports', 'new']
    .flatMap((folder) => (existsSync(path.join(dir, folder)) ? readdirSync(path.join(dir, folder)) : []))
    .filter((file) => file.endsWith('.dmp'))
    .sort();

it('keeps the newest dumps, wherever this system has them, and removes the notes of the others too', () => {
  for (const [at, folder] of ['pending', 'completed', 'reports', 'new', 'pending', 'pending'].entries()) {
    dump(folder, at + 1);
  }
  writeFileSync(path.join(dir, 'settings.dat'), 'kept');
  const onFault = vi.fn();
  keepNewestDumps(dir, onFault, { most: 3, bytes: 10_000 });
  expect(dumps()).toEqual(['4.dmp', '5.dmp', '6.dmp']);
  expect(readdirSync(path.join(dir, 'pending')).sort()).toEqual(['5.dmp', '5.meta', '6.dmp', '6.meta']);
  expect(readdirSync(path.join(dir, 'completed'))).toEqual([]);
  expect(existsSync(path.join(dir, 'settings.dat'))).toBe(true);
  expect(onFault).not.toHaveBeenCalled();
});

it('keeps no more bytes than allowed, the newest first', () => {
  for (const at of [1, 2, 3]) dump('pending', at, 400);
  keepNewestDumps(dir, vi.fn(), { most: 10, bytes: 900 });
  expect(dumps()).toEqual(['2.dmp', '3.dmp']);
});

it('finds nothing to do where there was no crash, and tells what it cannot remove', () => {
  const onFault = vi.fn();
  keepNewestDumps(path.join(dir, 'none'), onFault);
  expect(onFault).not.toHaveBeenCalled();
  mkdirSync(path.join(dir, 'pending', 'folder.dmp'), { recursive: true });
  keepNewestDumps(dir, onFault, { most: 0, bytes: 0 });
  expect(onFault).toHaveBeenCalledExactlyOnceWith('old crash dumps not removed', expect.anything());
});

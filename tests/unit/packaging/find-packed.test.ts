import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findPacked } from '../../../packaging/find-packed.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-packages-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function plant(archive: string): void {
  mkdirSync(path.join(dir, path.dirname(archive)), { recursive: true });
  writeFileSync(path.join(dir, archive), '');
}

it.each([
  ['linux', 'x64', 'linux-unpacked/tillwatch'],
  ['linux', 'arm64', 'linux-arm64-unpacked/tillwatch'],
  ['win32', 'x64', 'win-unpacked/Tillwatch.exe'],
  ['win32', 'arm64', 'win-arm64-unpacked/Tillwatch.exe'],
] as const)('finds what was packed for %s on %s', (platform, arch, executable) => {
  for (const name of ['unpacked', 'arm64-unpacked']) {
    plant(`${platform === 'linux' ? 'linux' : 'win'}-${name}/resources/app.asar`);
  }
  expect(findPacked(dir, platform, arch).executable).toBe(path.join(dir, ...executable.split('/')));
});

it.each(['mac-universal', 'mac-arm64'])('finds %s on a Mac with its own processor', (folder) => {
  plant(`${folder}/Tillwatch.app/Contents/Resources/app.asar`);
  plant('mac-universal-x64-temp/Tillwatch.app/Contents/Resources/app.asar');
  const { executable, binary } = findPacked(dir, 'darwin', 'arm64');
  expect(binary).toBe(path.join(dir, folder, 'Tillwatch.app'));
  expect(executable).toBe(path.join(binary, 'Contents', 'MacOS', 'Tillwatch'));
});

it('says what to do where nothing was packed', () => {
  expect(() => findPacked(path.join(dir, 'none'), 'linux', 'x64')).toThrow('npm run package -- --dir');
});

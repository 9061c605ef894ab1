import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  licensesBeside,
  licensesFaults,
  licensesFile,
  licensesText,
  productionFolders,
  readThirdParty,
} from '../../../packaging/third-party.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tillwatch-licenses-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const lock = {
  packages: {
    '': { name: 'tillwatch' },
    'node_modules/a': {},
    'node_modules/a/node_modules/b': {},
    'node_modules/tool': { dev: true },
    'node_modules/maybe': { optional: true },
    'node_modules/both': { devOptional: true },
  },
};

function install(folder: string, license: string | undefined, files: Record<string, string> = {}): void {
  const dir = path.join(root, ...folder.split('/'));
  mkdirSync(dir, { recursive: true });
  const name = folder.split('/').at(-1);
  writeFileSync(path.join(dir, 'package.json'), JSON.stringify({ name, version: '1.0.0', license }));
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(dir, file), text);
}

function project(second: string | undefined): void {
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(lock));
  install('node_modules/a', 'MIT', { LICENSE: 'Text of A\r\n', 'license.js': 'code', NOTICE: 'Notice of A' });
  install('node_modules/a/node_modules/b', second);
}

it('takes what is bundled, and no tool', () => {
  expect(productionFolders(lock)).toEqual(['node_modules/a', 'node_modules/a/node_modules/b']);
});

it('lists each package with the texts it brings, and says where one brings none', () => {
  project('ISC');
  const packages = readThirdParty(root);
  const text = licensesText(packages);
  expect(text).toMatch(/^a 1\.0\.0 \(MIT\)\n-+\n\nText of A\n\nNotice of A$/m);
  expect(text).toContain('its package names the licence ISC');
  expect(text).not.toContain('code');
  expect(licensesFaults(text, packages)).toEqual([]);
  expect(licensesFaults(text, [{ name: 'a', version: '1.0.1' }])).toEqual([`${licensesFile} lacks a 1.0.1`]);
});

it.each([['(MIT OR GPL-3.0)'], ['Apache-2.0 AND MIT'], ['0BSD']])('accepts %s', (license) => {
  project(license);
  expect(readThirdParty(root)).toHaveLength(2);
});

it.each([['GPL-3.0'], ['MIT AND GPL-3.0'], ['UNLICENSED'], [undefined]])(
  'stops at %s, which nobody accepted',
  (license) => {
    project(license);
    expect(() => readThirdParty(root)).toThrow(/Nobody has accepted[^]*b@1\.0\.0/);
  },
);

it('reads a licence as packages named it in former times', () => {
  project('MIT');
  const file = path.join(root, 'node_modules', 'a', 'package.json');
  const manifest = { name: 'a', version: '1.0.0', licenses: [{ type: 'MIT' }, { type: 'GPL-3.0' }] };
  writeFileSync(file, JSON.stringify(manifest));
  expect(readThirdParty(root)[0]).toMatchObject({ license: 'MIT OR GPL-3.0' });
});

it('stops where a package is not installed', () => {
  writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify(lock));
  expect(() => readThirdParty(root)).toThrow(/node_modules\/a is not installed: run "npm ci" first/);
});

it('looks for the file beside the archive', () => {
  project('MIT');
  const archive = path.join(root, 'resources', 'app.asar');
  mkdirSync(path.dirname(archive));
  expect(licensesBeside(archive, root)).toEqual([`${licensesFile} is missing`]);
  writeFileSync(path.join(path.dirname(archive), licensesFile), licensesText(readThirdParty(root)));
  expect(licensesBeside(archive, root)).toEqual([]);
});

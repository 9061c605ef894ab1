import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeLeftovers } from '../../../../gateway/store/leftovers.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'tillwatch-leftovers-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const dead = (): number => spawnSync(process.execPath, ['-e', '']).pid;

test('what a process that has ended left is removed, and nothing that is named otherwise', () => {
  const pid = dead();
  const kept = [
    'b.db',
    `b.db.${process.pid}.part`,
    `other.db.${pid}.part`,
    'b.db..part',
    'b.db.x.part',
    `b.db.${pid}.old`,
  ];
  for (const name of [...kept, `b.db.${pid}.part`, `b.db.${pid}.part-journal`]) writeFileSync(join(folder, name), 'x');
  mkdirSync(join(folder, `b.db.${pid}.part-folder`));
  removeLeftovers(folder, { before: 'b.db.', behind: '.part' });
  expect(readdirSync(folder).sort()).toEqual(kept.sort());
});

test('a folder that cannot be listed holds nothing up', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, 'x');
  expect(() => removeLeftovers(file, { before: 'b.', behind: '.part' })).not.toThrow();
  expect(() => removeLeftovers(join(folder, 'none'), { before: 'b.', behind: '.part' })).not.toThrow();
});

import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { requireDataFolder } from '../../../launch/launch-run.ts';
import { StartFailure } from '../../../launch/start-failure.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'tillwatch-start-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes the folder of data for its owner alone', () => {
  const data = path.join(folder, 'data');
  requireDataFolder({ logs: path.join(data, 'logs') });
  expect(statSync(data).mode & 0o777).toBe(0o700);
});

it('says in words where data cannot be kept', () => {
  const file = path.join(folder, 'a-file');
  writeFileSync(file, '');
  const start = () => requireDataFolder({ logs: path.join(file, 'logs') });
  expect(start).toThrow(StartFailure);
  expect(start).toThrow(/a-file.*give --data DIR/);
});

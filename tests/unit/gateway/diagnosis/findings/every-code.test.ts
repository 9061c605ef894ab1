import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findingCodes } from '../../../../../contract/diagnosis.ts';

it('[DG1] every code has a test here, or one beside it', async () => {
  const folder = path.join(import.meta.dirname, '..');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.test.ts'));
  const tests = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
  expect(findingCodes.filter((code) => !tests.join('').includes(`'${code}'`))).toEqual([]);
});

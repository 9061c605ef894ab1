import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inPlainWords, isFull, systemWords } from '../../../gateway/system-words.ts';

const sqlite = (errcode: number) =>
  Object.assign(new Error('SQLite’s own words'), { code: 'ERR_SQLITE_ERROR', errcode });
const system = (code: string, more: object = {}) => Object.assign(new Error(`${code}: …, open`), { code, ...more });

test.each([
  [sqlite(13), 'the disk is full; make room and try again'],
  // SQLITE_IOERR_WRITE: kinds of one fault differ in the upper bits.
  [sqlite(778), 'the disk reports an error'],
  [sqlite(26), 'it is no database of a gateway'],
  [system('EROFS'), 'the disk is read-only'],
  [sqlite(1), null],
  [system('ENOENT'), null],
  [new Error('ours'), null],
  ['no error at all', null],
])('%s in words', (error, words) => expect(systemWords(error)).toBe(words));

test('what is said names the file that the system named, else the one given, and leaves our own words alone', () => {
  expect(inPlainWords(sqlite(11), 'data')).toMatchObject({
    message: 'data: the data is damaged; restore a backup into another folder',
  });
  expect(inPlainWords(system('EACCES', { path: 'its.yaml' }), 'data')).toMatchObject({
    message: 'its.yaml: this user may not read or write it',
  });
  const ours = new Error('ours');
  expect(inPlainWords(ours, 'data')).toBe(ours);
});

test('of a copy, where it goes to is named', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tillwatch-words-'));
  try {
    copyFileSync(import.meta.filename, join(folder));
    expect.unreachable();
  } catch (error) {
    expect(inPlainWords(error, 'data')).toMatchObject({ message: expect.stringContaining(folder) as string });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('no room is known by either word', () => {
  expect([sqlite(13), system('ENOSPC'), system('EDQUOT'), sqlite(10), system('EIO')].map(isFull)).toEqual([
    ...[true, true, true, false, false],
  ]);
});

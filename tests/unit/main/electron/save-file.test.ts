import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SaveDialogOptions } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { savedFileSchema } from '../../../../contract/saved-file.ts';
import type { SavedFile } from '../../../../contract/saved-file.ts';
import { saveFile } from '../../../../main/electron/save-file.ts';

let dir: string;
let asked: SaveDialogOptions[];

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-save-'));
  asked = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function save(file: SavedFile, filePath: string, canceled = false): ReturnType<typeof saveFile> {
  const showSaveDialog = vi.fn(async (_window: unknown, options: SaveDialogOptions) => {
    asked.push(options);
    return { canceled, filePath };
  });
  const dialog = { showSaveDialog: showSaveDialog as never };
  return saveFile(savedFileSchema.parse(file), { dialog, window: () => ({}) as never, folder: () => dir });
}

const csv: SavedFile = { suggestedName: 'orders.csv', mediaType: 'text/csv', parts: ['\uFEFFa,ü\r\n', '1,😀\r\n'] };

test('a file is written where the person says, readable by nobody else', async () => {
  const to = path.join(dir, 'mine.csv');
  expect(await save(csv, to)).toEqual({ outcome: 'saved' });
  expect(readFileSync(to, 'utf8')).toBe('\uFEFFa,ü\r\n1,😀\r\n');
  expect(statSync(to).mode & 0o777).toBe(0o600);
  expect(asked).toEqual([
    { defaultPath: path.join(dir, 'orders.csv'), filters: [{ name: 'CSV', extensions: ['csv'] }] },
  ]);
});

test('a picture is written byte by byte', async () => {
  const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
  const parts = [bytes.subarray(0, 3).toString('base64'), bytes.subarray(3).toString('base64')];
  await save(
    { suggestedName: 'chart.png', mediaType: 'image/png', encoding: 'base64', parts },
    path.join(dir, 'c.png'),
  );
  expect(readFileSync(path.join(dir, 'c.png'))).toEqual(bytes);
});

test('who does not want it gets nothing', async () => {
  expect(await save(csv, '', true)).toEqual({ outcome: 'cancelled' });
  expect(readdirSync(dir)).toEqual([]);
});

test('where it cannot be written that is said, and nothing is left behind', async () => {
  await expect(save(csv, path.join(dir, 'no', 'folder.csv'))).rejects.toMatchObject({ code: 'not-kept' });
  writeFileSync(path.join(dir, 'old.csv'), 'old');
  await expect(save(csv, path.join(dir, 'old.csv', 'x'))).rejects.toMatchObject({ code: 'not-kept' });
  expect([readdirSync(dir), readFileSync(path.join(dir, 'old.csv'), 'utf8')]).toEqual([['old.csv'], 'old']);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronChoice } from '../../../launch/electron-binary.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tillwatch-electron-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(...parts: string[]): string {
  const file = path.join(root, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, parts.at(-1) === 'path.txt' ? 'electron' : '');
  return file;
}

describe('choosing the host', () => {
  it('says that the binary is missing, with or without the package or its note', () => {
    const missing = { missing: "Electron's binary is not installed here" };
    expect(electronChoice(root)).toEqual(missing);
    write('node_modules', 'electron', 'path.txt');
    expect(electronChoice(root)).toEqual(missing);
  });

  it('takes the binary that the note names', () => {
    write('node_modules', 'electron', 'path.txt');
    const binary = write('node_modules', 'electron', 'dist', 'electron');
    expect(electronChoice(root)).toEqual({ binary });
  });
});

import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { needsBuild } from '../../../launch/renderer-build.ts';

let root: string;
const at = (...parts: string[]) => path.join(root, ...parts);
const age = (seconds: number, ...files: string[]) => {
  for (const file of files) utimesSync(file, 2_000_000 + seconds, 2_000_000 + seconds);
};

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tillwatch-build-'));
  for (const folder of ['renderer/ui', 'contract', 'dist/renderer']) mkdirSync(at(folder), { recursive: true });
  writeFileSync(at('renderer/ui/row.tsx'), '');
  age(0, at('renderer/ui/row.tsx'), at('renderer/ui'), at('renderer'), at('contract'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('whether the page has to be built', () => {
  it('was never built', () => {
    expect(needsBuild(root)).toBe(true);
  });

  it('is newer than all it is made of, then older than one file, or than a folder that lost one', () => {
    writeFileSync(at('dist/renderer/index.html'), '');
    age(10, at('dist/renderer/index.html'));
    expect(needsBuild(root)).toBe(false);
    age(20, at('renderer/ui/row.tsx'));
    expect(needsBuild(root)).toBe(true);
    age(0, at('renderer/ui/row.tsx'));
    age(20, at('contract'));
    expect(needsBuild(root)).toBe(true);
  });
});

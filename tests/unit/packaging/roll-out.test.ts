import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isFeed, stagedFeed } from '../../../packaging/roll-out.ts';

const feed = 'version: 1.2.0\nsha512: AAAA\n';

describe('a staged roll-out', () => {
  it('is offered to so many in a hundred, later to more, at last to everybody', () => {
    const tenth = stagedFeed(feed, 10);
    expect(tenth).toBe(`${feed}stagingPercentage: 10\n`);
    expect(stagedFeed(tenth, 50)).toBe(`${feed}stagingPercentage: 50\n`);
    expect(stagedFeed(tenth, 0)).toBe(`${feed}stagingPercentage: 0\n`);
    expect(stagedFeed(tenth, 100)).toBe(feed);
    expect(stagedFeed('version: 1', 10)).toBe('version: 1\nstagingPercentage: 10\n');
  });

  it.each([-1, 101, 1.5, Number.NaN])('takes no %d', (percent) => {
    expect(() => stagedFeed(feed, percent)).toThrow(RangeError);
  });

  it('knows a feed by its name', () => {
    const files = ['latest.yml', 'latest-mac.yml', 'beta-linux-arm64.yml', 'builder-debug.yml', 'a.deb', 'x.yml.bak'];
    expect(files.filter(isFeed)).toEqual(['latest.yml', 'latest-mac.yml', 'beta-linux-arm64.yml']);
  });

  it('is set from the command line, which says what it did, or how it is written', () => {
    const dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-stage-'));
    const stage = path.resolve(import.meta.dirname, '..', '..', '..', 'packaging', 'stage.ts');
    const run = (...args: string[]) => spawnSync(process.execPath, [stage, ...args], { encoding: 'utf8' });
    try {
      expect(run(dir, '10')).toMatchObject({ status: 2, stderr: expect.stringContaining('DIR PERCENT') });
      writeFileSync(path.join(dir, 'latest.yml'), feed);
      expect(run(dir, '10')).toMatchObject({ status: 0, stdout: 'latest.yml: offered to 10 in 100\n' });
      expect(readFileSync(path.join(dir, 'latest.yml'), 'utf8')).toContain('stagingPercentage: 10');
      expect(run(dir, 'many').status).toBe(2);
      expect(run().status).toBe(2);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

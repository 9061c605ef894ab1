import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const folder = path.join(root, '.github', 'workflows');

const job = z.object({
  uses: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  'timeout-minutes': z.number().optional(),
  steps: z
    .array(
      z.object({
        uses: z.string().optional(),
        run: z.string().optional(),
        with: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default([]),
});
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(z.string(), job),
});

const manifest = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')));
/** The steps that `npm test -- STEP` knows. */
const steps = ['types', 'unit', 'build', 'e2e'];
const files = readdirSync(folder);
const read = (file: string) => workflow.parse(parse(readFileSync(path.join(folder, file), 'utf8')));
const stepsOf = (file: string) => Object.values(read(file).jobs).flatMap((each) => each.steps);

it('there are three workflows', () => expect(files.sort()).toEqual(['ci.yml', 'release.yml', 'roll-out.yml']));

describe.each(files)('%s', (file) => {
  const runs = stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run]));

  it('runs only scripts that there are', () => {
    const named = runs.flatMap((run) => [...run.matchAll(/npm run ([\w:-]+)/g)].map((found) => found[1] ?? ''));
    expect(named.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([]);
    for (const [, list = ''] of runs.flatMap((run) => [...run.matchAll(/npm test -- (.+)/g)])) {
      expect(list.split(' ').filter((step) => !steps.includes(step))).toEqual([]);
    }
    const programs = runs.flatMap((run) => [...run.matchAll(/npx ([\w-]+)/g)].map((found) => found[1] ?? ''));
    expect(programs.filter((name) => !existsSync(path.join(root, 'node_modules', '.bin', name)))).toEqual([]);
  });

  it('may do next to nothing, pins every action, and leaves no token in the checkout', () => {
    const { permissions } = read(file);
    expect(permissions).toEqual({ contents: 'read' });
    const actions = stepsOf(file).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions.filter((action) => !/^actions\/[\w-]+@(v\d+|[0-9a-f]{40})$/.test(action))).toEqual([]);
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  it('puts nothing that others have written into a script', () => {
    const given = runs.flatMap((run) => [...run.matchAll(/\$\{\{\s*([\w.-]+)/g)].map((found) => found[1]));
    expect(given.filter((name) => !/^matrix\./.test(name ?? ''))).toEqual([]);
  });

  it('needs only jobs that there are', () => {
    const { jobs } = read(file);
    for (const { needs } of Object.values(jobs)) {
      for (const needed of [needs ?? []].flat()) expect(Object.keys(jobs)).toContain(needed);
    }
  });
});

describe('a release', () => {
  const { jobs } = read('release.yml');
  const text = readFileSync(path.join(folder, 'release.yml'), 'utf8');

  it('is checked, then built and signed on three systems, then drafted with bill of materials and checksums', () => {
    expect(jobs['check']?.uses).toBe('./.github/workflows/ci.yml');
    expect(jobs['build']?.needs).toBe('check');
    expect(jobs['draft']?.needs).toBe('build');
    for (const part of ['--linux', '--win', '--mac', 'forceCodeSigning=true', 'npm sbom', 'SHA256SUMS', '--draft']) {
      expect(text).toContain(part);
    }
    expect(read('ci.yml').on).toHaveProperty('workflow_call');
  });

  it('uploads every kind of file that electron-builder is told to make, and its feeds', () => {
    const builder = z
      .object({
        win: z.object({ target: z.array(z.object({ target: z.string() })) }),
        mac: z.object({ target: z.array(z.object({ target: z.string() })) }),
        linux: z.object({ target: z.array(z.object({ target: z.string() })) }),
      })
      .parse(parse(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')));
    const targets = [builder.win, builder.mac, builder.linux].flatMap(({ target }) =>
      target.map((each) => each.target),
    );
    expect(targets).toEqual(['nsis', 'dmg', 'zip', 'AppImage', 'deb', 'rpm']);
    for (const kind of [...targets, 'yml', 'blockmap']) {
      expect(text).toContain(`dist/packages/*.${kind === 'nsis' ? 'exe' : kind}\n`);
    }
  });
});

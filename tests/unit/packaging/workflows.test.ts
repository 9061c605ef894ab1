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
  'runs-on': z.string().optional(),
  strategy: z.unknown().optional(),
  env: z.record(z.string(), z.string()).optional(),
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
  env: z.record(z.string(), z.string()).optional(),
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

  it('may do next to nothing, pins every action to a commit, and leaves no token in the checkout', () => {
    const { permissions } = read(file);
    expect(permissions).toEqual({ contents: 'read' });
    const actions = stepsOf(file).flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(actions.filter((action) => !/^actions\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    // Which version that is, for who reads it and for what updates it.
    const lines = readFileSync(path.join(folder, file), 'utf8').split('\n');
    const pinned = lines.filter((each) => /uses: actions\//.test(each));
    expect(pinned.filter((each) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(each))).toEqual([]);
    const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false });
  });

  it('puts nothing that others have written into a script', () => {
    const given = runs.flatMap((run) => [...run.matchAll(/\$\{\{\s*([\w.-]+)/g)].map((found) => found[1]));
    expect(given.filter((name) => !/^matrix\./.test(name ?? ''))).toEqual([]);
  });

  it('installs nothing where it may write, and gives secrets to single steps only', () => {
    const { env, jobs } = read(file);
    for (const each of Object.values(jobs)) {
      const writes = Object.values(each.permissions ?? {}).includes('write');
      const installs = each.steps.some(({ run }) => /npm (ci|install|i)\b|npx /.test(run ?? ''));
      expect(writes && installs).toBe(false);
      expect(JSON.stringify([env ?? {}, each.env ?? {}])).not.toContain('secrets.');
    }
  });

  it('runs on a system that does not change by itself, and not for ever', () => {
    for (const { uses, 'runs-on': system, strategy, 'timeout-minutes': limit } of Object.values(read(file).jobs)) {
      if (uses !== undefined) continue;
      expect(limit).toBeGreaterThan(0);
      expect(JSON.stringify([system, strategy ?? {}])).not.toContain('-latest');
    }
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
    expect(jobs['draft']?.needs).toEqual(['build', 'gateway']);
    for (const part of ['--linux', '--win', '--mac', 'forceCodeSigning=true', 'npm sbom', 'SHA256SUMS', '--draft']) {
      expect(text).toContain(part);
    }
    expect(read('ci.yml').on).toHaveProperty('workflow_call');
  });

  it('brings the gateway’s one file, built and started by Node alone, under the same checksums', () => {
    const { needs, steps = [] } = jobs['gateway'] ?? {};
    expect(needs).toBe('check');
    const runs = steps.map(({ run = '' }) => run).join('\n');
    expect(runs).toContain('npm run build:gateway');
    expect(runs).toContain('node tillwatch-gateway.mjs --help');
    expect(steps.at(-1)?.with).toMatchObject({
      name: 'gateway-file',
      path: 'dist/gateway/tillwatch-gateway.mjs\ndist/gateway/tillwatch-gateway.licenses.md\n',
    });
    const download = jobs['draft']?.steps.find(({ uses = '' }) => uses.startsWith('actions/download-artifact'));
    expect(download?.with).toMatchObject({ pattern: '{packages,gateway}-*', path: 'release', 'merge-multiple': true });
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

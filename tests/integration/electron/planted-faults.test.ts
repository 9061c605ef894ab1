import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plant, plantedFaults } from '../../support/electron/planted-fault.ts';
import { probeSecurity, securityProbes } from '../../support/electron/security-probes.ts';
import type { PlantedFault } from '../../support/electron/planted-fault.ts';
import type { SecurityReport } from '../../support/electron/security-probes.ts';
import { standInLauncher } from '../../support/electron/stand-in-launcher.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { PATIENCE } from '../../support/patience.ts';

let dir: string;
/** Ours, with nothing taken out. */
let sound: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-faults-'));
  sound = path.join(dir, 'sound');
  await buildApplication(sound, 'bare');
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** Builds what a fault stands in; main and the preload script import nothing of each other. @returns the main entry */
function build(name: string, { file }: PlantedFault, sources: string): Promise<string> {
  const parts = [file.startsWith('preload/') ? 'main' : 'preload'] as const;
  return buildApplication(path.join(dir, name), 'bare', { sources, unchanged: { parts, built: sound } });
}

/** Starts a built application with a fresh profile, and looks at it. */
async function report(name: string, entry: string): Promise<SecurityReport> {
  const application = await standInLauncher(entry).launch(['--data', path.join(dir, `${name}-profile`)]);
  try {
    const page = await vi.waitFor(async () => {
      const [first] = application.windows();
      if (!first) throw new Error(`no window\n${application.output()}`);
      expect(await first.evaluate(() => 'tillwatchHost' in globalThis)).toBe(true);
      return first;
    }, PATIENCE);
    return await probeSecurity({ application, page, kind: 'stand-in' });
  } finally {
    await application.close();
  }
}

describe('the security checklist', () => {
  it('is looked at in each of its 20 items', () => {
    const items = new Set(securityProbes.map(({ item }) => item));
    expect([...items]).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('holds, as far as it can be seen without Electron', async () => {
    const { broken, notMeasured } = await report('sound', path.join(sound, 'dist', 'main', 'index.js'));
    expect(broken).toEqual([]);
    process.stdout.write(`${notMeasured.join('\n')}\n`);
    expect(notMeasured.every((line) => line.startsWith('not measured: no Electron binary: '))).toBe(true);
  });
});

describe('a planted fault is found', () => {
  it.each(plantedFaults.map((fault, index) => ({ ...fault, index })))(
    '$title',
    async ({ index, ...fault }) => {
      const name = `fault-${index}`;
      const sources = path.join(dir, `${name}-sources`);
      plant(fault, sources);
      const { broken } = await report(name, await build(name, fault, sources));
      expect(broken.map(({ item }) => item)).toContain(fault.item);
      if (fault.why) expect(broken.map(({ why }) => why)).toContainEqual(expect.stringMatching(fault.why));
    },
    60_000,
  );
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plant, plantedFaults } from '../../support/electron/planted-fault.ts';
import { probeSecurity, securityProbes } from '../../support/electron/security-probes.ts';
import type { SecurityReport } from '../../support/electron/security-probes.ts';
import { standInLauncher } from '../../support/electron/stand-in-launcher.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { PATIENCE } from '../../support/patience.ts';

let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-faults-'));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

/** Builds an application from these sources, or ours, starts it with a fresh profile, and looks at it. */
async function report(name: string, sources?: string): Promise<SecurityReport> {
  const built = path.join(dir, `${name}-built`);
  const entry = await buildApplication(built, 'bare', sources);
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
    const { broken, notMeasured } = await report('sound');
    expect(broken).toEqual([]);
    process.stdout.write(`${notMeasured.join('\n')}\n`);
    expect(notMeasured.every((line) => line.startsWith('not measured: no Electron binary: '))).toBe(true);
  });
});

describe('a planted fault is found', () => {
  it.each(plantedFaults.map((fault, index) => ({ ...fault, index })))(
    '$title',
    async ({ index, ...fault }) => {
      const sources = path.join(dir, `fault-${index}`);
      plant(fault, sources);
      const { broken } = await report(`fault-${index}`, sources);
      expect(broken.map(({ item }) => item)).toContain(fault.item);
      if (fault.why) expect(broken.map(({ why }) => why)).toContainEqual(expect.stringMatching(fault.why));
    },
    60_000,
  );
});

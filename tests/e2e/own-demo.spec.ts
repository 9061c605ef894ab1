/** The demo that the application brings along; on Electron itself out of an archive, as it is installed. */
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { expect } from '@playwright/test';
import { expectLive } from '../support/e2e/desk-view.ts';
import { ElectronDeskHost } from '../support/e2e/electron-desk-host.ts';
import { test } from '../support/e2e/fixtures.ts';
import { electronBinary, realLauncher } from '../support/electron/real-electron.ts';
import { standInLauncher } from '../support/electron/stand-in-launcher.ts';
import { buildAll } from '../support/packaging/build-all.ts';

test.skip(({ hostKind }) => hostKind === 'browser', 'the desktop application alone brings a demo along');

test('a first run explores the demo with one click, and finds it again at the next start', async ({ dir }) => {
  test.setTimeout(120_000);
  const built = path.join(dir, 'built');
  const entry = await buildAll(built, 'real');
  const binary = test.info().project.name === 'electron' ? electronBinary() : null;
  const archive = path.join(dir, 'app.asar');
  if (binary !== null) await createPackage(built, archive);
  const launcher = binary === null ? standInLauncher(entry) : realLauncher(binary, archive);
  const host = new ElectronDeskHost(dir, launcher, {});
  try {
    await host.start();
    const page = await host.open();
    await page.getByRole('button', { name: 'Start the demo' }).click();
    await expectLive(page, 30_000);
    await expect(page.getByRole('row').nth(1)).toBeVisible({ timeout: 30_000 });
    await host.stop();
    await host.start();
    await expectLive(await host.open(), 30_000);
    expect(host.faults).toEqual([]);
  } finally {
    await host.close();
  }
});

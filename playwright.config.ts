import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import type { HostKind } from './tests/support/e2e/desk-host.ts';

const noteFile = path.join(import.meta.dirname, '.cache', 'browser.json');

/** The browser that `npm run setup` found. */
function browserPath(): string {
  if (!existsSync(noteFile)) throw new Error('No browser is known yet: run "npm run setup" first.');
  const note: unknown = JSON.parse(readFileSync(noteFile, 'utf8'));
  if (
    typeof note === 'object' &&
    note !== null &&
    'executablePath' in note &&
    typeof note.executablePath === 'string'
  ) {
    return note.executablePath;
  }
  throw new Error('.cache/browser.json is not readable: run "npm run setup" again.');
}

const hosts: readonly HostKind[] = ['browser', 'stand-in', 'electron'];

export default defineConfig<object, { hostKind: HostKind }>({
  testDir: 'tests/e2e',
  outputDir: '.cache/playwright',
  globalSetup: './tests/support/build-page-first.ts',
  // Two files side by side, on two hosts or on one: each test has a gateway, a profile and a page of its own.
  workers: 2,
  retries: 0,
  fullyParallel: false,
  forbidOnly: process.env['CI'] !== undefined,
  // These bounds end what hangs; how fast something has to be is said where it is expected.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  // The same specs on every host: nothing about the desk may depend on who carries it.
  projects: hosts.map((hostKind) => ({
    name: hostKind,
    use: { hostKind },
    // Electron's windows are the system's: two of them at a time would take the focus from each other.
    ...(hostKind === 'electron' && { workers: 1 }),
  })),
  reporter: [['./tests/support/e2e/brief-reporter.ts'], ['json', { outputFile: '.cache/reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 800 },
    // The document at every step is kept of what fails; pictures of every frame would cost each passing test a tenth.
    trace: { mode: 'retain-on-failure', screenshots: false },
    launchOptions: {
      executablePath: browserPath(),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});

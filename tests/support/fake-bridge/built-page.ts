/** Serves the built renderer to a Playwright page without any server, under the policy a host sends. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { installBridge } from './install-bridge.ts';
import type { Scenario } from './scenario.ts';

const built = path.resolve(import.meta.dirname, '../../..', process.env['RENDERER_DIR'] ?? 'dist/renderer');
const NONCE = 'dGVzdC1ub25jZQ==';
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' 'nonce-${NONCE}'`,
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "media-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Read once: a build that begins meanwhile takes no file away from under a page. */
let files: Promise<ReadonlyMap<string, string>> | null = null;

async function readBuilt(): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(built, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const read = names.map(async (name) => [`/${path.relative(built, name)}`, await readFile(name, 'utf8')] as const);
  return new Map(await Promise.all(read));
}

/**
 * Opens the built page over a scenario and waits for its first picture.
 * @returns violations of the page's policy and errors of its scripts, as they happen
 */
export async function openBuiltPage(page: Page, scenario: Scenario, hash = ''): Promise<string[]> {
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  await page.route('https://tillwatch.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    const file = pathname === '/' ? '/index.html' : pathname;
    const body = (await (files ??= readBuilt())).get(file);
    if (body === undefined) return route.fulfill({ status: 404 });
    const contentType = types[path.extname(file)] ?? 'application/octet-stream';
    await route.fulfill({
      contentType,
      headers: { 'content-security-policy': policy },
      body: body.replaceAll('__TILLWATCH_CSP_NONCE__', NONCE),
    });
  });
  await page.addInitScript(installBridge, scenario);
  await page.goto(`https://tillwatch.test/${hash}`);
  await page
    .locator('html[data-ready="true"]')
    .waitFor({ timeout: 8000 })
    .catch((error: unknown) => {
      throw new Error(`The page did not get ready: ${faults.join('; ')}`, { cause: error });
    });
  return faults;
}

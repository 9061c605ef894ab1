/**
 * Draws every picture of the application from assets/icon.svg and the four marks below: `npm run icons`. The marks differ
 * in shape, so that they are told apart without their colour.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { icnsOf, icoOf } from './icon-container.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const assets = path.join(root, 'assets');

const marks = {
  live: '<circle cx="12" cy="12" r="8" fill="#1f9d78"/>',
  eyes: '<path d="M12 2 23 22H1Z" fill="#e08a00"/><path d="M12 9v6m0 2v2" stroke="#fff" stroke-width="2.4"/>',
  stale: '<circle cx="12" cy="12" r="8" fill="none" stroke="#8a8f98" stroke-width="4" stroke-dasharray="8 4.5"/>',
  stopped:
    '<rect x="3" y="3" width="18" height="18" rx="2" fill="#c9302c"/><path d="M7 12h10" stroke="#fff" stroke-width="3"/>',
} as const;

function markSvg(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${body}</svg>`;
}

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${sized}`);
  return page.screenshot({ omitBackground: true });
}

const { executablePath } = JSON.parse(readFileSync(path.join(root, '.cache', 'browser.json'), 'utf8')) as {
  executablePath: string;
};
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
mkdirSync(path.join(assets, 'tray'), { recursive: true });
mkdirSync(path.join(assets, 'linux'), { recursive: true });
const icon = readFileSync(path.join(assets, 'icon.svg'), 'utf8');
const images = [];
for (const size of [16, 24, 32, 48, 64, 128, 256, 512, 1024]) images.push({ size, png: await draw(page, icon, size) });
for (const { size, png } of images) {
  if (size === 1024) writeFileSync(path.join(assets, 'icon.png'), png);
  else writeFileSync(path.join(assets, 'linux', `${size}x${size}.png`), png);
}
writeFileSync(path.join(assets, 'icon.ico'), icoOf(images.filter(({ size }) => size <= 256)));
writeFileSync(path.join(assets, 'icon.icns'), icnsOf(images));
for (const [name, body] of Object.entries(marks)) {
  writeFileSync(path.join(assets, 'tray', `${name}.png`), await draw(page, markSvg(body), 18));
  writeFileSync(path.join(assets, 'tray', `${name}@2x.png`), await draw(page, markSvg(body), 36));
}
await browser.close();

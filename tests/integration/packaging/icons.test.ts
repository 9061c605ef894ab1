import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderPng } from '../../../packaging/icons/render.ts';
import { readDrawing } from '../../../packaging/icons/svg-shapes.ts';
import { root } from '../../support/e2e/program.ts';

let browser: Browser;

beforeAll(async () => {
  const note: unknown = JSON.parse(readFileSync(path.join(root, '.cache', 'browser.json'), 'utf8'));
  const { executablePath } = note as { executablePath: string };
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
});

afterAll(() => browser.close());

it.each([
  ['icon.svg', 16],
  ['icon.svg', 256],
  ['tray/live.svg', 36],
  ['tray/eyes.svg', 36],
  ['tray/stale.svg', 36],
  ['tray/stopped.svg', 18],
])('%s at %d pixels looks as Chromium shows it', async (file, size) => {
  const svg = readFileSync(path.join(root, 'assets', file), 'utf8');
  const ours = `data:image/png;base64,${renderPng(readDrawing(svg), size).toString('base64')}`;
  const theirs = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const page = await browser.newPage();
  const differences = await page.evaluate(
    async ([addresses, side]) => {
      const [one, other] = await Promise.all(
        addresses.map(async (address) => {
          const image = new Image(side, side);
          image.src = address;
          await image.decode();
          const canvas = new OffscreenCanvas(side, side).getContext('2d');
          canvas?.drawImage(image, 0, 0, side, side);
          const data = [...(canvas?.getImageData(0, 0, side, side).data ?? [])];
          // What is hardly there is hardly of any colour.
          return data.map((value, index) =>
            index % 4 === 3 ? value : (value * (data[index - (index % 4) + 3] ?? 0)) / 255,
          );
        }),
      );
      if (!one?.some((value) => value > 0)) throw new Error('nothing was drawn');
      return one.map((value, index) => Math.abs(value - (other?.[index] ?? 0)));
    },
    [[ours, theirs], size] as const,
  );
  await page.close();
  // Edges are shaded a little differently, and nothing else is.
  const mean = differences.reduce((sum, each) => sum + each, 0) / differences.length;
  expect(mean).toBeLessThan(3);
  expect(differences.filter((each) => each > 64).length / differences.length).toBeLessThan(0.01);
});

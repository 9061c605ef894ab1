import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { addDecimals } from '../../contract/money.ts';
import { expectAccessible } from '../support/e2e/axe.ts';
import { expectLive, notLiveBand, openHealth, orderRow } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';
import { webhookSecret } from '../support/e2e/gateway-server.ts';
import { pendingPayment } from '../support/e2e/processor.ts';
import type { Processor } from '../support/e2e/processor.ts';

// Each starts a gateway and a desk of its own.
test.describe.configure({ timeout: 120_000 });

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const formula = '=HYPERLINK("https://example.com")';

/** Two orders that were paid, and one that is waited for, whose reference a stranger chose. */
async function aMorning(desk: Page, processor: Processor): Promise<void> {
  for (const [reference, amount] of [
    ['A-3001', 1999],
    ['A-3002', 12_050],
  ] as const) {
    const payment = pendingPayment(reference, { amount });
    await processor.created(payment);
    await processor.captured(payment);
    await expect(orderRow(desk, reference)).toContainText('RELEASE');
  }
  await processor.created(pendingPayment(formula));
  await expect(orderRow(desk, 'HYPERLINK')).toBeVisible();
}

async function openInsights(desk: Page, processor: Processor, size: (typeof sizes)[number]): Promise<void> {
  await desk.setViewportSize(size);
  await expectLive(desk);
  await aMorning(desk, processor);
  await desk.getByRole('navigation').getByText('Insights').click();
}

function figure(page: Page, name: string) {
  return page.getByText(name, { exact: true }).locator('..');
}

/** What a press of a button has the browser download. */
async function downloaded(page: Page, press: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

for (const size of sizes) {
  test.describe(`the manager, at ${size.width} × ${size.height}`, () => {
    test.beforeEach(async ({ desk, processor }) => openInsights(desk, processor, size));

    test('“How are we doing today?”', async ({ desk }) => {
      await expect(figure(desk, 'Takings')).toContainText('$140.49');
      await expect(figure(desk, 'Paid orders')).toContainText('2');
      await expect(figure(desk, 'Average order')).toContainText('$70.24');
      await expect(figure(desk, 'New orders')).toContainText('3');
      await expect(desk.getByText(/^This desk holds orders since /)).toBeVisible();

      await desk.getByRole('button', { name: 'As a table: Takings by source' }).click();
      const sources = desk.getByRole('group', { name: 'Takings by source' });
      await expect(sources.getByRole('row', { name: 'cdc' })).toHaveText('cdc$140.492100%');

      await desk.getByText('Yesterday', { exact: true }).click();
      await expect(desk.getByText('Nothing in these days')).toBeVisible();
      await desk.getByRole('button', { name: 'Show all days' }).click();
      await expect(figure(desk, 'Takings')).toContainText('$140.49');
      await expectAccessible(desk);
    });

    test('“It must go on by itself, and tell me when it does not”', async ({ desk, processor, gateway }) => {
      await expect(figure(desk, 'Paid orders')).toContainText('2');
      const late = pendingPayment('A-3003');
      await processor.created(late);
      await processor.captured(late);
      await expect(figure(desk, 'Takings')).toContainText('$160.48');

      await gateway.stop('SIGKILL');
      await expect(notLiveBand(desk)).toBeVisible();
      await expect(desk.getByRole('main').getByText(/^as of \d\d:\d\d:\d\d$/)).toBeVisible();
      await expect(figure(desk, 'Takings')).toContainText('$160.48');
      await gateway.start();
      await expectLive(desk, 30_000);
      await expect(desk.getByRole('main').getByText(/^as of /)).toHaveCount(0);
    });
  });

  test.describe(`the manager, at ${size.width} × ${size.height}, in a browser`, () => {
    test.skip(({ hostKind }) => hostKind !== 'browser', 'what is saved is a download of the browser here');
    test.beforeEach(async ({ desk, processor }) => openInsights(desk, processor, size));

    test('“I need the orders for the books, and the chart for my slides”', async ({ desk }) => {
      await desk.getByRole('button', { name: 'Export CSV…' }).click();
      const dialog = desk.getByRole('dialog', { name: 'Export orders as CSV' });
      await expect(dialog).toContainText('3 orders that were created or paid');
      const csv = await downloaded(desk, () => dialog.getByRole('button', { name: 'Export' }).click());
      expect(csv.name).toMatch(/^tillwatch-orders-\d{4}-\d\d-\d\d\.csv$/);
      expect([...csv.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const rows = parse<Record<string, string>>(csv.bytes, { columns: true, bom: true });
      expect(rows.map(({ reference }) => reference).sort()).toEqual([`'${formula}`, 'A-3001', 'A-3002']);
      const paid = rows.filter(({ taken_day: day }) => day !== '');
      expect(addDecimals(paid.map(({ price = '' }) => price))).toBe('140.49');
      expect(paid.map(({ received }) => received)).toEqual(['25 CRO', '25 CRO']);
      await expect(dialog.getByText('handed to your browser')).toBeVisible();
      await dialog.getByRole('button', { name: 'Close' }).last().click();

      const save = desk.getByRole('button', { name: 'Save as a picture: Takings by the hour' });
      const png = await downloaded(desk, () => save.click());
      expect(png.name).toMatch(/^tillwatch-takings-\d{4}-\d\d-\d\d\.png$/);
      expect(png.bytes.subarray(1, 4).toString('latin1')).toBe('PNG');
      // IHDR: the picture's width, twice that of the page.
      expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1200);
      expect(await desk.evaluate(inkOf, png.bytes.toString('base64'))).toBeGreaterThan(5);
    });

    test('“Can I trust this screen?”', async ({ desk, browserHost }) => {
      await openHealth(desk);
      await expect(desk.getByText('Yes. What you see is current.')).toBeVisible();
      await expect(desk.getByRole('img', { name: /^The connection from .* to now/ })).toBeVisible();
      await expect(desk.getByRole('group', { name: 'Sources' })).toContainText('cdc');
      await expect(desk.getByText('No event was set aside')).toBeVisible();
      const file = await downloaded(desk, () => desk.getByRole('button', { name: 'Save the diagnostics…' }).click());
      expect(JSON.parse(file.bytes.toString('utf8'))).toMatchObject({});
      expect(file.bytes.includes(webhookSecret)).toBe(false);
      await expectAccessible(desk);

      await browserHost.stop();
      await browserHost.start();
      const again = await browserHost.open();
      await openHealth(again);
      await expect(again.getByRole('img', { name: /^The connection from .* to now/ })).toBeVisible();
      await expect(again.locator('[data-look="away"][title]')).toHaveCount(1);
    });
  });
}

/** How many colours a picture has: runs in the page. */
async function inkOf(base64: string): Promise<number> {
  const image = new Image();
  image.src = `data:image/png;base64,${base64}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const paint = canvas.getContext('2d');
  paint?.drawImage(image, 0, 0);
  const pixels = new Uint32Array(paint?.getImageData(0, 0, image.width, image.height).data.buffer ?? []);
  return new Set(pixels).size;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from '@playwright/test';
import { GatewayServer, storeName } from '../../support/e2e/gateway-server.ts';
import { Processor, pendingPayment } from '../../support/e2e/processor.ts';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';

let dir: string;
let entry: string;
let gateway: GatewayServer;
let app: StandInApplication;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-electron-'));
  entry = await buildApplication(path.join(dir, 'built'), 'real');
  gateway = new GatewayServer(dir);
  await gateway.start();
  const pairing = ['--gateway', gateway.url, '--pair', await gateway.pairingCode()];
  const launched = await StandInApplication.launch(entry, ['--data', path.join(dir, 'desk'), ...pairing]);
  if (!launched) throw new Error('the application ended at once');
  app = launched;
}, 180_000);

afterAll(async () => {
  await app.close();
  await gateway.stop();
  await rm(dir, { recursive: true, force: true });
}, 30_000);

async function pageOf(application: StandInApplication): Promise<Page> {
  const page = await vi.waitFor(
    () => {
      const [first] = application.windows();
      if (!first) throw new Error(application.output());
      return first;
    },
    { timeout: 10_000 },
  );
  await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
  return page;
}

describe('the real page in the desktop application', () => {
  it('shows a living desk under its policy, and opens an order that a link names', async () => {
    const page = await pageOf(app);
    const faults: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Refused to/.test(message.text())) faults.push(message.text());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    await page.reload();
    await page.locator('html[data-ready="true"]').waitFor({ state: 'attached' });
    await page.getByText(storeName).first().waitFor();
    await new Processor(gateway.url).created(pendingPayment('A-1041'));
    await page.getByText('A-1041').first().waitFor();
    const { orders } = await page.evaluate(
      () =>
        new Promise<{ orders: { id: string }[] }>((resolve) => {
          const { tillwatchHost } = window;
          tillwatchHost?.onDeskOrders((push) => push.orders.length > 0 && resolve(push));
          void tillwatchHost?.attachDesk({});
        }),
    );
    await app.evaluate(
      ({ app: electronApp }, order) =>
        void electronApp.emit('second-instance', {}, ['tillwatch', `tillwatch://order/main/${order}`], '/', undefined),
      orders[0]?.id ?? '',
    );
    await page.waitForURL(/#\/desk\/main\/.+/);
    expect(faults).toEqual([]);
  });

  it('[AU1] a pairing link fills the form and pairs with nobody until a person agrees', async () => {
    const other = await StandInApplication.launch(entry, ['--data', path.join(dir, 'other')]);
    if (!other) throw new Error('the application ended at once');
    try {
      const page = await pageOf(other);
      const link = `tillwatch://pair?gateway=${encodeURIComponent(gateway.url)}&code=${await gateway.pairingCode()}`;
      await other.evaluate(
        ({ app: electronApp }, url) => void electronApp.emit('open-url', { preventDefault: () => undefined }, url),
        link,
      );
      await vi.waitFor(async () =>
        expect(await page.getByRole('textbox').first().inputValue()).toContain('tillwatch://pair'),
      );
      expect(page.url()).not.toContain('pair');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText(new URL(gateway.url).host, { exact: true }).waitFor();
      expect(await page.getByText(storeName).count()).toBe(0);
      await page.getByRole('button', { name: new RegExp(new URL(gateway.url).host) }).click();
      await page.getByText(storeName).first().waitFor();
    } finally {
      await other.close();
    }
  });
});

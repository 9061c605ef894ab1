import { expect } from '@playwright/test';
import { expectLive, orderRow } from '../support/e2e/desk-view.ts';
import { test, whenReady } from '../support/e2e/fixtures.ts';
import { pendingPayment } from '../support/e2e/processor.ts';

test('the link lets a browser in and leaves no trace in its address', async ({ desk, host }) => {
  const url = new URL(desk.url());
  expect(url.pathname).toBe('/');
  expect(url.search).toBe('');
  expect(await desk.evaluate(() => document.cookie)).toBe('');
  expect(await desk.evaluate(() => globalThis.history.length)).toBeLessThanOrEqual(2);
  expect(host.link).toContain('/open?key=');
});

test('a browser without the link is told how to get in, and learns nothing else', async ({ browser, host }) => {
  const context = await browser.newContext();
  const stranger = await context.newPage();
  const answer = await stranger.goto(new URL('/', host.link).href);
  expect(answer?.status()).toBe(403);
  await expect(stranger.getByRole('heading', { name: 'This browser has not been let in yet' })).toBeVisible();
  const opened = await stranger.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/ipc`);
        socket.onopen = () => resolve('open');
        socket.onerror = () => resolve('refused');
      }),
  );
  expect(opened).toBe('refused');
  await context.close();
});

test('[CN1] two pages show the one desk', async ({ desk, host, processor, context }) => {
  const second = await context.newPage();
  await second.goto(host.link);
  await whenReady(second);
  await processor.created(pendingPayment('D-1'));
  for (const page of [desk, second]) {
    await expectLive(page);
    await expect(orderRow(page, 'D-1')).toBeVisible();
  }
  await second.close();
  await processor.created(pendingPayment('D-2'));
  await expect(orderRow(desk, 'D-2')).toBeVisible();
});

import { expect } from '@playwright/test';
import { expectLive } from '../support/e2e/desk-view.ts';
import { test } from '../support/e2e/fixtures.ts';

test.skip(({ hostKind }) => hostKind !== 'browser', 'Electron opens its windows itself: nobody has to be let in');

test('the link lets a browser in and leaves no trace in its address', async ({ desk, browserHost: host }) => {
  const url = new URL(desk.url());
  expect(url.pathname).toBe('/');
  expect(url.search).toBe('');
  expect(await desk.evaluate(() => document.cookie)).toBe('');
  expect(await desk.evaluate(() => globalThis.history.length)).toBeLessThanOrEqual(2);
  expect(host.link).toContain('/open?key=');
});

test('a browser without the link is told how to get in, and learns nothing else', async ({
  browser,
  browserHost: host,
}) => {
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

test('a page whose host was closed says so', async ({ desk, host }) => {
  await expectLive(desk);
  await host.stop();
  await expect(desk.getByText(/does not answer/)).toBeVisible();
});

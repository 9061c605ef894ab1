/** The desktop application with its real page, on Electron's stand-in and, where its binary is, on Electron itself. */
import path from 'node:path';
import { expect } from '@playwright/test';
import { expectLive, orderRow } from '../support/e2e/desk-view.ts';
import type { ElectronDeskHost } from '../support/e2e/electron-desk-host.ts';
import { test } from '../support/e2e/fixtures.ts';
import { storeName } from '../support/e2e/gateway-server.ts';
import { pendingPayment } from '../support/e2e/processor.ts';
import { Program } from '../support/e2e/program.ts';
import type { ElectronApplication } from '../support/electron/electron-application.ts';
import { probeSecurity } from '../support/electron/security-probes.ts';

test.skip(({ hostKind }) => hostKind === 'browser', 'the desktop application alone has these');

/** Hands the running application a link as the system would: Windows and Linux by a second start, macOS by an event. */
async function openLink(application: ElectronApplication, link: string): Promise<void> {
  await application.evaluate(({ app }, url) => {
    if (process.platform === 'darwin') app.emit('open-url', { preventDefault: () => undefined }, url);
    else app.emit('second-instance', {}, ['tillwatch', url], '/', undefined);
  }, link);
}

/** Answers dialogs with their first button. @returns what they said so far */
async function answerDialogs(application: ElectronApplication): Promise<() => Promise<readonly string[]>> {
  await application.evaluate(({ dialog }) => {
    const world = globalThis as unknown as { tillwatchDialogs: string[] };
    world.tillwatchDialogs = [];
    const answer = async (...args: unknown[]) => {
      const { message, detail } = args.at(-1) as { message: string; detail?: string };
      world.tillwatchDialogs.push(`${message} ${detail ?? ''}`);
      return { response: 0, checkboxChecked: false };
    };
    dialog.showMessageBox = answer;
  }, null);
  return () =>
    application.evaluate(() => (globalThis as unknown as { tillwatchDialogs: string[] }).tillwatchDialogs, null);
}

const windowCount = (host: ElectronDeskHost) => host.application.windows().length;

test('Electron’s security checklist holds on the real page', async ({ electronHost, desk, launcher }) => {
  await expectLive(desk);
  const kind = launcher?.kind ?? 'stand-in';
  const { broken, notMeasured } = await probeSecurity({ application: electronHost.application, page: desk, kind });
  process.stdout.write(`${notMeasured.join('\n')}\n`);
  expect(broken).toEqual([]);
  // The probe of the policy is itself a violation, and the only one.
  expect(electronHost.forgive(/^script-src-elem refused inline /)).toBe(1);
});

test('[CN1] a second start ends, and its link is shown by the first', async ({ electronHost, desk, processor }) => {
  await processor.created(pendingPayment('F-1'));
  await expect(orderRow(desk, 'F-1')).toBeVisible();
  const order = 'tillwatch://order/main/ord_none';
  expect(await electronHost.launcher.runToEnd(electronHost.profile)).toBe(0);
  await expect.poll(() => windowCount(electronHost)).toBe(1);
  await openLink(electronHost.application, order);
  await expect(desk).toHaveURL(/#\/desk\/main\/ord_none$/);
});

test('[AU1] a pairing link fills the form, and pairs with nobody until a person agrees', async ({
  unpairedElectron: host,
  gateway,
}) => {
  await host.start();
  const page = await host.open();
  const link = `tillwatch://pair?gateway=${encodeURIComponent(gateway.url)}&code=${await gateway.pairingCode()}`;
  await openLink(host.application, link);
  await expect(page.getByRole('textbox').first()).toHaveValue(/^tillwatch:\/\/pair/);
  expect(page.url()).not.toContain('pair');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByText(new URL(gateway.url).host, { exact: true })).toBeVisible();
  await expect(page.getByText(storeName)).toHaveCount(0);
  await page.getByRole('button', { name: new RegExp(new URL(gateway.url).host) }).click();
  await expectLive(page);
});

test('[AU1] a pairing link on a paired desk changes nothing, and says why', async ({ electronHost, desk, gateway }) => {
  await expectLive(desk);
  const said = await answerDialogs(electronHost.application);
  const before = desk.url();
  await openLink(electronHost.application, 'tillwatch://pair?gateway=https%3A%2F%2Fevil.example&code=AAAA-BBBB');
  await expect.poll(said).toEqual([expect.stringContaining(`paired with ${new URL(gateway.url).host} already`)]);
  expect(desk.url()).toBe(before);
  await expectLive(desk);
});

test('a page that crashed is loaded again within 3 s, and the desk is live in it', async ({ electronHost, desk }) => {
  await expectLive(desk);
  const tookMs = await electronHost.application.evaluate(
    ({ BrowserWindow }) =>
      new Promise<number>((resolve, reject) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents) {
          reject(new Error('no window'));
          return;
        }
        const crashed = performance.now();
        contents.once('did-finish-load', () => resolve(performance.now() - crashed));
        contents.forcefullyCrashRenderer();
      }),
    null,
  );
  expect(tookMs).toBeLessThan(3_000);
  await expect
    .poll(() =>
      electronHost.application.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
            `document.documentElement.dataset['ready'] === 'true' && !/Not live/.test(document.body.innerText)`,
          ) as Promise<boolean>,
        null,
      ),
    )
    .toBe(true);
});

test('[CN1] the browser host leaves a profile alone that the application has open', async ({ electronHost, desk }) => {
  await expectLive(desk);
  const second = new Program('main/browser.ts', [...electronHost.profile, '--port', '0', '--no-open']);
  expect(await second.output()).toContain('running already with this profile, as the desktop application');
  await expectLive(desk);
});

test('[CN1] the application leaves a profile alone that the browser host has open', async ({
  dir,
  launcher,
  hostKind,
}) => {
  test.skip(hostKind === 'electron', 'its dialog waits for a person');
  const profile = ['--data', path.join(dir, 'desk')];
  const browserHost = new Program('main/browser.ts', [...profile, '--port', '0', '--no-open']);
  await browserHost.waitForLine(/^Tillwatch is open at /);
  expect(await launcher?.runToEnd(profile)).toBe(0);
  expect(browserHost.ended).toBe(false);
  await browserHost.end();
  const application = await launcher?.launch(profile);
  await expect.poll(() => application?.windows().length).toBe(1);
  expect(await application?.close()).toBe(0);
});

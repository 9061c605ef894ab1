import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, it, vi } from 'vitest';
import { runApplication } from '../../../../main/electron/run-application.ts';
import { shellWordsOf } from '../../../../main/electron/shell-words.ts';
import type { ElectronHost } from '../../../../main/electron/run-electron-host.ts';
import { PATIENCE } from '../../../support/patience.ts';

async function running() {
  const app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => true,
    whenReady: () => Promise.resolve(),
    ...{ quit: vi.fn(), exit: vi.fn() },
  });
  const closed = Promise.withResolvers<undefined>();
  const close = vi.fn(() => closed.promise);
  let systemEnds = (): void => undefined;
  const opened = Promise.withResolvers<undefined>();
  runApplication({
    app: app as unknown as App,
    process: { on: vi.fn() },
    argv: [],
    openHost: async () => {
      setImmediate(() => opened.resolve(undefined));
      return { close, shell: { staysWithoutWindow: () => false } } as unknown as ElectronHost;
    },
    onSystemEnds: (run) => (systemEnds = run),
    words: () => shellWordsOf('en'),
    showFault: vi.fn(),
    log: vi.fn(),
    after: () => () => undefined,
  });
  await opened.promise;
  const quit = () => {
    const preventDefault = vi.fn();
    app.emit('before-quit', { preventDefault });
    return preventDefault;
  };
  return { app, close, closed, quit, systemEnds: () => systemEnds() };
}

it('a quit waits for the journal, then quits again', async () => {
  const { app, close, closed, quit } = await running();
  expect(quit()).toHaveBeenCalledTimes(1);
  expect(quit()).toHaveBeenCalledTimes(1);
  expect(close).toHaveBeenCalledTimes(1);
  expect(app.quit).not.toHaveBeenCalled();
  closed.resolve(undefined);
  await vi.waitFor(() => expect(app.quit).toHaveBeenCalledTimes(1), PATIENCE);
  expect(quit()).not.toHaveBeenCalled();
});

it('a quit is not held up when the system ends: macOS would stop its whole shutdown', async () => {
  const { close, quit, systemEnds } = await running();
  systemEnds();
  expect(quit()).not.toHaveBeenCalled();
  expect(close).toHaveBeenCalledTimes(1);
});

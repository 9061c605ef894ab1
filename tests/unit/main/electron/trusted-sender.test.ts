import { describe, expect, it, vi } from 'vitest';
import type { IpcMainInvokeEvent } from 'electron';
import { requestNames } from '../../../../contract/ipc.ts';
import { openIpcDoor } from '../../../../main/electron/ipc-door.ts';
import { senderFault } from '../../../../main/electron/trusted-sender.ts';
import { PATIENCE } from '../../../support/patience.ts';

const main = { url: 'app://tillwatch/index.html#/desk', parent: null, frameTreeNodeId: 1 };

describe('the sender of a message', () => {
  it.each([
    ['the main frame of a window of ours', main, main, null],
    ['a frame that has gone', null, main, 'no-frame'],
    ['a window that is none of ours', main, null, 'foreign-window'],
    ['a subframe', { ...main, parent: main, frameTreeNodeId: 2 }, main, 'subframe'],
    ['a frame of another tree', { ...main, frameTreeNodeId: 9 }, main, 'subframe'],
    ['a foreign page', { ...main, url: 'https://evil.example/' }, main, 'foreign-origin'],
    ['a host that only looks like ours', { ...main, url: 'app://tillwatch.evil/' }, main, 'foreign-origin'],
    ['a user name before our host', { ...main, url: 'app://x@tillwatch/' }, main, 'foreign-origin'],
    ['an empty page', { ...main, url: 'about:blank' }, main, 'foreign-origin'],
  ])('%s', (_name, frame, mainFrame, fault) => {
    expect(senderFault(frame, mainFrame)).toBe(fault);
  });
});

function door(isOurs: boolean) {
  const handlers = new Map<string, (event: IpcMainInvokeEvent, input: unknown) => Promise<unknown>>();
  const asked = vi.fn(async () => ({}) as never);
  const attach = vi.fn();
  const close = openIpcDoor({
    ipcMain: {
      handle: (name, handler) => void handlers.set(name, handler),
      removeHandler: (name) => void handlers.delete(name),
    },
    handlers: Object.fromEntries(requestNames.map((name) => [name, asked])) as never,
    isOurs: () => isOurs,
    attach,
    log: vi.fn(),
  });
  const event = (frame: object | null) =>
    ({ sender: { id: 1, mainFrame: main }, senderFrame: frame }) as unknown as IpcMainInvokeEvent;
  return {
    handlers,
    asked,
    attach,
    close,
    ask: async (name: string, frame: object | null, input: unknown = {}) => handlers.get(name)?.(event(frame), input),
  };
}

describe('the one door', () => {
  it('has a channel for every request and refuses a foreign sender on each', async () => {
    const { handlers, asked, ask } = door(true);
    expect([...handlers.keys()].sort()).toEqual([...requestNames].sort());
    for (const name of requestNames) {
      for (const frame of [null, { ...main, parent: main }, { ...main, url: 'https://evil.example/' }]) {
        expect(await ask(name, frame)).toMatchObject({ ok: false, error: { code: 'foreign-sender' } });
      }
    }
    expect(asked).not.toHaveBeenCalled();
  });

  it('refuses windows that are none of ours, and malformed input', async () => {
    expect(await door(false).ask('app.info', main)).toMatchObject({ error: { code: 'foreign-sender' } });
    const { asked, ask } = door(true);
    for (const input of [undefined, null, 5, 'x', [], { store: 'main' }, { store: '../x', order: 'a' }]) {
      expect(await ask('order.read', main, input)).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
    }
    expect(asked).not.toHaveBeenCalled();
    expect(await ask('app.info', main)).toEqual({ ok: true, output: {} });
  });

  it('answers an attach before the first push', async () => {
    const { attach, ask } = door(true);
    expect(await ask('desk.attach', main)).toEqual({ ok: true, output: {} });
    expect(attach).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(attach).toHaveBeenCalledWith(1), PATIENCE);
  });

  it('takes no more than so many at once from one window', async () => {
    const { asked, ask } = door(true);
    const { promise, resolve } = Promise.withResolvers<never>();
    asked.mockReturnValue(promise);
    const waiting = Array.from({ length: 64 }, () => ask('app.info', main));
    expect(await ask('app.info', main)).toMatchObject({ error: { code: 'busy' } });
    resolve({} as never);
    await Promise.all(waiting);
    asked.mockReturnValue(Promise.resolve({} as never));
    expect(await ask('app.info', main)).toMatchObject({ ok: true });
  });

  it('closes every channel', () => {
    const { handlers, close } = door(true);
    close();
    expect(handlers.size).toBe(0);
  });
});

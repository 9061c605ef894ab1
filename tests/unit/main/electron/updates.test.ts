import { EventEmitter } from 'node:events';
import type { Notification } from 'electron';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReleaseChannel } from '../../../../main/electron/update-policy.ts';
import { englishUpdateWords } from '../../../../main/electron/update-words.ts';
import { Updates } from '../../../../main/electron/updates.ts';
import type { UpdateOptions } from '../../../../main/electron/updates.ts';

class Shown extends EventEmitter {
  readonly title: string;
  constructor(title: string) {
    super();
    this.title = title;
  }
  show(): void {
    shown.push(this);
  }
}

let shown: Shown[];
let now: number;
let unsettled: number;
let answer: number;
let channel: ReleaseChannel;
let timers: { ms: number; cancelled: boolean }[];

beforeEach(() => {
  shown = [];
  timers = [];
  [now, unsettled, answer, channel] = [0, 0, 0, 'releases'];
});

function open(offered: string | null, changes: Partial<UpdateOptions> = {}) {
  const updater = {
    check: vi.fn(async () => offered),
    download: vi.fn(async () => undefined),
    useProxy: vi.fn(async () => undefined),
    installAtQuit: vi.fn(),
    installAndRestart: vi.fn<(onFailed: () => void) => void>(),
  };
  const ports = { end: vi.fn(async () => undefined), relaunch: vi.fn(), onReady: vi.fn() };
  const ask = vi.fn<UpdateOptions['ask']>(async () => ({ response: answer }));
  const timer = (ms: number) => {
    const entry = { ms, cancelled: false };
    timers.push(entry);
    return () => void (entry.cancelled = true);
  };
  const log = vi.fn();
  const updates = new Updates({
    mode: 'installs',
    running: '1.0.0',
    words: () => englishUpdateWords,
    openUpdater: async () => updater,
    unsettled: () => unsettled,
    channel: () => channel,
    ...ports,
    createNotification: ({ title = '' }) => new Shown(title) as unknown as Notification,
    ask,
    timers: { monotonic: () => now, after: timer, every: timer },
    log,
    ...changes,
  });
  return { updates, updater, ask, log, ...ports };
}

const settled = () => new Promise((resolve) => void setImmediate(resolve));

describe('a new version', () => {
  it('is downloaded and told, and restarts nothing by itself', async () => {
    const { updates, updater, ask } = open('1.1.0');
    await updates.look();
    expect(updater.download).toHaveBeenCalledTimes(1);
    expect(shown.map(({ title }) => title)).toEqual(['Tillwatch 1.1.0 is ready']);
    expect(ask).not.toHaveBeenCalled();
    expect(updater.installAndRestart).not.toHaveBeenCalled();
  });

  it('restarts when a person agrees, and not when that person does not', async () => {
    const { updates, updater, ask } = open('1.1.0');
    await updates.look();
    answer = 1;
    shown[0]?.emit('click');
    await settled();
    expect(ask.mock.calls[0]?.[0]).toMatchObject({ defaultId: 1, cancelId: 1 });
    expect(updater.installAndRestart).not.toHaveBeenCalled();
    answer = 0;
    shown[0]?.emit('click');
    await settled();
    expect(updater.installAndRestart).toHaveBeenCalledTimes(1);
  });

  it('[CM3] never restarts while a command is unsettled, even one given while the question stood', async () => {
    const { updates, updater, ask } = open('1.1.0', {
      ask: vi.fn(async () => {
        unsettled = 1;
        return { response: 0 };
      }),
    });
    await updates.look();
    await updates.askToRestart();
    expect(ask).not.toHaveBeenCalled();
    expect(updater.installAndRestart).not.toHaveBeenCalled();
    await updates.quitting();
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(false);
    unsettled = 0;
    await updates.quitting();
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(true);
  });

  it.each(['0.9.0', '1.0.0', '1.1.0-beta.1', 'nonsense'])(
    'that is %s is neither downloaded nor told',
    async (offered) => {
      const { updates, updater } = open(offered);
      await updates.look();
      expect(updater.download).not.toHaveBeenCalled();
      expect(shown).toEqual([]);
    },
  );

  it('is told once a day, and downloaded once', async () => {
    const { updates, updater } = open('1.1.0');
    await updates.look();
    now += 4 * 3_600_000;
    await updates.look();
    expect(shown).toHaveLength(1);
    now += 21 * 3_600_000;
    await updates.look();
    expect(shown).toHaveLength(2);
    expect(updater.download).toHaveBeenCalledTimes(1);
  });

  it('is only told where its signature cannot be checked', async () => {
    const { updates, updater, ask } = open('1.1.0', { mode: 'tells' });
    await updates.look();
    expect(shown.map(({ title }) => title)).toEqual(['Tillwatch 1.1.0 is available']);
    shown[0]?.emit('click');
    await settled();
    expect(ask).not.toHaveBeenCalled();
    expect(updater.download).not.toHaveBeenCalled();
  });

  it('whose signature is wrong is not told, and the next look tries again', async () => {
    const { updates, updater, log } = open('1.1.0');
    updater.download.mockRejectedValueOnce(new Error('not signed by the application owner'));
    await updates.look();
    expect(shown).toEqual([]);
    expect(log).toHaveBeenCalledWith('warn', 'no update taken', { error: 'not signed by the application owner' });
    await updates.quitting();
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(false);
    await updates.look();
    expect(shown).toHaveLength(1);
  });

  it('asks at once where the system shows no notifications', async () => {
    const { updates, ask } = open('1.1.0', { createNotification: null });
    await updates.look();
    await settled();
    expect(ask).toHaveBeenCalledTimes(1);
  });
});

describe('looking for new versions', () => {
  it('begins after the start, goes on every four hours, and ends with close', async () => {
    const { updates, updater } = open('1.1.0');
    expect(timers.map(({ ms }) => ms)).toEqual([60_000, 14_400_000]);
    expect(updater.check).not.toHaveBeenCalled();
    updates.close();
    expect(timers.every(({ cancelled }) => cancelled)).toBe(true);
    await updates.look();
    expect(updater.check).not.toHaveBeenCalled();
  });

  it('takes nothing that comes after close, and needs no updater to quit', async () => {
    const openUpdater = vi.fn();
    const idle = open('1.1.0', { openUpdater });
    await idle.updates.quitting();
    expect(openUpdater).not.toHaveBeenCalled();
    const { updates, updater } = open('1.1.0');
    const looking = updates.look();
    updates.close();
    await looking;
    expect(updater.download).not.toHaveBeenCalled();
  });

  it('tries to load the updater again when that failed', async () => {
    const openUpdater = vi.fn<UpdateOptions['openUpdater']>().mockRejectedValueOnce(new Error('no such chunk'));
    const { updates, updater } = open(null, { openUpdater });
    await updates.look();
    openUpdater.mockResolvedValueOnce(updater);
    await updates.look();
    expect(updater.check).toHaveBeenCalledTimes(1);
  });
});

describe('a person', () => {
  it('is shown in the menus which version waits, and restarts there once the desk has ended', async () => {
    const { updates, updater, onReady, end } = open('1.1.0');
    await updates.look();
    expect(onReady).toHaveBeenCalledExactlyOnceWith('1.1.0');
    end.mockImplementationOnce(async () => {
      expect(updater.installAndRestart).not.toHaveBeenCalled();
      return undefined;
    });
    await updates.askToRestart();
    expect(end).toHaveBeenCalledTimes(1);
    expect(updater.installAndRestart).toHaveBeenCalledTimes(1);
  });

  it('gets the same version back when the installation fails after all', async () => {
    const { updates, updater, relaunch } = open('1.1.0');
    await updates.look();
    updater.installAndRestart.mockImplementationOnce((onFailed) => onFailed());
    await updates.askToRestart();
    expect(relaunch).toHaveBeenCalledTimes(1);
    await updates.quitting();
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(false);
  });

  it('[CM3] keeps a desk with an unsettled command', async () => {
    const { updates, end } = open('1.1.0');
    await updates.look();
    unsettled = 1;
    await updates.askToRestart();
    expect(end).not.toHaveBeenCalled();
  });

  it.each([
    [null, 'installs', /1\.0\.0 is the newest/],
    ['1.1.0', 'installs', /Restart now to install Tillwatch 1\.1\.0/],
    ['1.1.0', 'tells', /1\.1\.0 is available/],
  ] as const)('who asks is told: %s where the copy %s', async (offered, mode, said) => {
    const { updates, ask } = open(offered, { mode });
    answer = 1;
    await updates.checkNow();
    expect(ask.mock.calls.map(([{ message }]) => message)).toEqual([expect.stringMatching(said)]);
    expect(shown).toEqual([]);
  });

  it('who asks is told that it could not be found out', async () => {
    const { updates, updater, ask } = open('1.1.0');
    updater.check.mockRejectedValueOnce(new Error('offline'));
    await updates.checkNow();
    expect(ask.mock.calls.map(([{ message }]) => message)).toEqual([expect.stringMatching(/could not look/)]);
  });

  it('gets previews once they are wanted, and none any more once they are not', async () => {
    const { updates, updater, onReady } = open('1.1.0-beta.1');
    await updates.look();
    expect(onReady).not.toHaveBeenCalled();
    channel = 'previews';
    await updates.channelChanged();
    expect(updater.check).toHaveBeenLastCalledWith('previews');
    expect(updates.ready).toBe('1.1.0-beta.1');
    channel = 'releases';
    await updates.channelChanged();
    expect(updates.ready).toBeNull();
    expect(onReady.mock.calls).toEqual([['1.1.0-beta.1'], [null]]);
    await updates.quitting();
    expect(updater.installAtQuit).toHaveBeenLastCalledWith(false);
  });

  it('who sets another proxy has new versions asked for through it', async () => {
    const { updates, updater } = open(null);
    await updates.proxyChanged({ mode: 'direct' });
    expect(updater.useProxy).not.toHaveBeenCalled();
    await updates.look();
    await updates.proxyChanged({ mode: 'direct' });
    expect(updater.useProxy).toHaveBeenCalledExactlyOnceWith({ mode: 'direct' });
  });
});

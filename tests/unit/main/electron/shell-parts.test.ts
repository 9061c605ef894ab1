import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { EventEmitter } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NotificationConstructorOptions } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openDiagnostics } from '../../../../main/electron/diagnostics.ts';
import { parseElectronArguments } from '../../../../main/electron/electron-arguments.ts';
import { createKeptFile } from '../../../../main/profile/kept-file.ts';
import { loginStart } from '../../../../main/electron/login-start.ts';
import { menuTemplate, trayTemplate } from '../../../../main/electron/menu-template.ts';
import { shellWordsOf } from '../../../../main/electron/shell-words.ts';
import type { MenuActions, MenuState } from '../../../../main/electron/menu-template.ts';
import { createNotifier } from '../../../../main/electron/notifier.ts';
import { openRotatingLog } from '../../../../main/electron/rotating-log.ts';
import { WindowFeed } from '../../../../main/electron/window-feed.ts';
import { FakeDesk } from '../../../support/browser-host/fake-desk.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-shell-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the log', () => {
  it('rotates, keeps so many files, and lets only its owner read them', () => {
    const log = openRotatingLog(dir, { fileBytes: 100, kept: 2 });
    for (let n = 0; n < 20; n += 1) log.write(`${n} ${'x'.repeat(40)}\n`);
    log.close();
    expect(readdirSync(dir).sort()).toEqual(['tillwatch.1.log', 'tillwatch.2.log', 'tillwatch.log']);
    expect(readFileSync(path.join(dir, 'tillwatch.log'), 'utf8')).toContain('19 ');
    expect(statSync(path.join(dir, 'tillwatch.log')).mode & 0o777).toBe(0o600);
  });

  it('costs nothing but itself where it cannot be written', () => {
    writeFileSync(path.join(dir, 'taken'), '');
    const log = openRotatingLog(path.join(dir, 'taken'));
    expect(() => log.write('line\n')).not.toThrow();
    log.close();
  });

  it('[AU4] holds no secret', () => {
    const echoed: string[] = [];
    const { log, close } = openDiagnostics(
      dir,
      (line) => echoed.push(line),
      () => 0,
    );
    log('warn', 'refused', {
      ticket: 't-secret',
      nested: { authorization: 'Bearer b-secret', note: 'twk_k-secret' },
      error: 'GET /open?key=q-secret&x=1 with Bearer h-secret at tillwatch://pair?gateway=g&code=l-secret',
      code: 'ECONNREFUSED-secret',
      list: ['token=1', { token: 'z-secret' }],
    });
    close();
    const text = readFileSync(path.join(dir, 'tillwatch.log'), 'utf8');
    expect(text).not.toContain('secret');
    expect(text).toContain('refused');
    expect(echoed.join('')).toBe(text);
  });
});

describe('what is kept', () => {
  it('comes back, and nothing unreadable does', () => {
    const file = path.join(dir, 'window.json');
    const kept = createKeptFile(file, z.object({ a: z.int() }), vi.fn());
    expect(kept.read()).toBeNull();
    kept.write({ a: 1 });
    expect(kept.read()).toEqual({ a: 1 });
    writeFileSync(file, '{"a":"x"}');
    expect(kept.read()).toBeNull();
    writeFileSync(file, '{');
    expect(kept.read()).toBeNull();
    const onFault = vi.fn();
    createKeptFile(path.join(dir, 'none', 'x.json'), z.object({ a: z.int() }), onFault).write({ a: 1 });
    expect(onFault).toHaveBeenCalledTimes(1);
    expect(readdirSync(dir)).toEqual(['window.json']);
  });
});

describe('opening at login', () => {
  it('is a file on Linux, quoted as the specification has it', () => {
    const login = loginStart({} as never, { platform: 'linux', configHome: dir, executable: '/opt/Till "watch"/$x%u' });
    expect(login.isOn()).toBe(false);
    login.set(true);
    expect(login.isOn()).toBe(true);
    expect(readFileSync(path.join(dir, 'autostart', 'tillwatch.desktop'), 'utf8')).toContain(
      'Exec="/opt/Till \\"watch\\"/\\$x%%u"\n',
    );
    login.set(false);
    expect(login.isOn()).toBe(false);
  });

  it("is the system's setting elsewhere", () => {
    const app = { getLoginItemSettings: () => ({ openAtLogin: true }) as never, setLoginItemSettings: vi.fn() };
    const login = loginStart(app, { platform: 'win32', configHome: dir, executable: 'x' });
    expect(login.isOn()).toBe(true);
    login.set(false);
    expect(app.setLoginItemSettings).toHaveBeenCalledWith({ openAtLogin: false });
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('the command line', () => {
  it('takes ours among those of Electron and Chromium', () => {
    const argv = ['--no-sandbox', '--data', '/p', '--remote-debugging-port=0', '--port', '0', '--no-open', '--demo'];
    expect(parseElectronArguments(argv, 'Desk')).toEqual({
      data: '/p',
      name: 'Desk',
      pairing: null,
      demo: true,
      demoReplaces: null,
    });
    const paired = parseElectronArguments(['--gateway', 'https://g', '--pair', 'C', '--name', ' Front '], 'Desk');
    expect(paired).toMatchObject({ pairing: { gateway: 'https://g', code: 'C' }, name: 'Front', data: null });
    expect(parseElectronArguments(['--gateway', 'https://g'], 'Desk').pairing).toEqual({
      gateway: 'https://g',
      code: null,
    });
  });

  it('takes a link alone, whatever was smuggled in beside it', () => {
    const argv = ['tillwatch://order/main/a', '--data', '/evil', '--gateway', 'https://evil', '--pair', 'C', '--demo'];
    expect(parseElectronArguments(argv, 'Desk')).toMatchObject({ data: null, pairing: null, demo: false });
  });
});

describe('the menus', () => {
  const actions = Object.fromEntries(
    ['openWindow', 'present', 'showView', 'retry', 'setLaunchAtLogin', 'setKeepInTray', 'showLogs', 'quit'].map(
      (name) => [name, vi.fn()],
    ),
  ) as unknown as MenuActions;
  const state = (platform: NodeJS.Platform, packaged: boolean, keepInTray: boolean | null): MenuState => ({
    words: shellWordsOf('en').menu,
    ...{ platform, packaged, launchAtLogin: packaged || null, keepInTray, proxy: { mode: 'system' }, updates: null },
  });
  const labels = (platform: NodeJS.Platform, packaged: boolean, keepInTray: boolean | null) =>
    JSON.stringify(menuTemplate(state(platform, packaged, keepInTray), actions));

  it('have their place on each system', () => {
    expect(labels('darwin', true, null)).toMatch(/^\[\{"label":"Tillwatch"/);
    expect(labels('win32', true, false)).toMatch(/^\[\{"label":"&File"/);
    expect(labels('win32', true, false)).toContain('Keep watching');
    expect(labels('linux', true, null)).not.toContain('Keep watching');
    expect(labels('linux', true, null)).not.toContain('toggleDevTools');
    expect(labels('linux', false, null)).toContain('toggleDevTools');
    // Outside a package the system would start a bare Electron.
    expect(labels('linux', true, null)).toContain('Open at login');
    expect(labels('linux', false, null)).not.toContain('Open at login');
  });

  it('have no accelerator twice', () => {
    const found = [...labels('linux', false, true).matchAll(/"accelerator":"([^"]+)"/g)].map((match) => match[1]);
    expect(found.length).toBeGreaterThan(3);
    expect(new Set(found).size).toBe(found.length);
  });

  const tray = { words: shellWordsOf('en').menu, standing: 'Live' };

  it('name in Chinese what Electron would name in English', () => {
    const template = menuTemplate({ ...state('linux', false, true), words: shellWordsOf('zh-CN').menu }, actions);
    const labels = template.flatMap((menu) => [menu, ...(Array.isArray(menu.submenu) ? menu.submenu : [])]);
    const unnamed = labels.filter(({ type, label }) => type !== 'separator' && !/\p{Script=Han}/u.test(label ?? ''));
    expect(unnamed).toEqual([]);
  });

  it('say in the tray how things stand', () => {
    expect(trayTemplate({ ...tray, ready: null }, actions)[0]).toEqual({ label: 'Live', enabled: false });
  });

  it('offer a restart where a new version waits for one, and nothing about versions where there are none', () => {
    const menu = (updates: MenuState['updates']) =>
      JSON.stringify(menuTemplate({ ...state('win32', true, null), updates }, actions));
    expect(menu(null)).not.toMatch(/new version|previews|Restart/);
    expect(menu({ ready: null, previews: false })).toMatch(/Look for a new version.*"checked":false/);
    expect(menu({ ready: null, previews: false })).not.toContain('Restart');
    expect(menu({ ready: '1.1.0', previews: true })).toMatch(/Restart to install Tillwatch 1\.1\.0….*"checked":true/);
    expect(JSON.stringify(trayTemplate({ ...tray, ready: '1.1.0' }, actions))).toContain(
      'Restart to install Tillwatch 1.1.0…',
    );
    expect(JSON.stringify(trayTemplate({ ...tray, ready: null }, actions))).not.toContain('Restart');
  });
});

describe('notifications', () => {
  class Shown extends EventEmitter {
    static all: Shown[] = [];
    closed = false;
    readonly options: object;
    constructor(options: object) {
      super();
      this.options = options;
      Shown.all.push(this);
    }
    show(): void {
      this.emit('show');
    }
    close(): void {
      this.closed = true;
    }
  }
  const alert = { title: 'New money', body: 'R-1', order: { store: 'main', order: 'o1' }, sound: 'money' } as const;
  const manner = () => 'silent' as const;

  it('lead to their order, and are taken away at the end', () => {
    Shown.all = [];
    const onClick = vi.fn();
    const notifier = createNotifier({
      create: (options) => new Shown(options) as never,
      isWatched: () => false,
      manner,
      onClick,
    });
    notifier.tell(alert);
    notifier.tell(alert);
    Shown.all[0]?.emit('click');
    expect(onClick).toHaveBeenCalledExactlyOnceWith(alert);
    notifier.close();
    expect(Shown.all.map(({ closed }) => closed)).toEqual([false, true]);
  });

  it('stay known when they close: Windows moves them into its notification centre, where they are clicked', () => {
    const created: Shown[] = [];
    const create = (options: object) => {
      created.push(new Shown(options));
      return created.at(-1) as never;
    };
    const notifier = createNotifier({ create, isWatched: () => false, manner, onClick: vi.fn() });
    for (let shown = 0; shown < 25; shown += 1) {
      notifier.tell(alert);
      created[shown]?.emit('close');
    }
    notifier.close();
    expect(created.filter(({ closed }) => closed)).toHaveLength(20);
  });

  it('are not shown to who looks at the desk, nor where there are none', () => {
    const create = vi.fn();
    createNotifier({ create, isWatched: () => true, manner, onClick: vi.fn() }).tell(alert);
    createNotifier({ create: null, isWatched: () => false, manner, onClick: vi.fn() }).tell(alert);
    expect(create).not.toHaveBeenCalled();
  });

  it('come as the person has set: not at all, without a sound, or with the one of the system', () => {
    const silent: (boolean | undefined)[] = [];
    const create = (options: NotificationConstructorOptions) => {
      silent.push(options.silent);
      return new Shown(options) as never;
    };
    for (const how of ['none', 'silent', 'sounding'] as const) {
      createNotifier({ create, isWatched: () => false, manner: () => how, onClick: vi.fn() }).tell(alert);
    }
    expect(silent).toEqual([true, false]);
  });
});

describe("a window's feed", () => {
  function fed() {
    const desk = new FakeDesk();
    const sent: string[] = [];
    const target = { send: (name: string) => void sent.push(name), isDestroyed: () => false };
    return { desk, sent, feed: new WindowFeed(desk, target), target };
  }

  it('stops for a page that hangs and starts anew when it answers', () => {
    const { desk, sent, feed } = fed();
    feed.release();
    expect(desk.attachments).toBe(0);
    feed.start();
    feed.hold();
    desk.push({ name: 'desk.notice', payload: { kind: 'journal' } });
    expect(sent).toEqual(['desk.state']);
    feed.release();
    expect(desk.attachments).toBe(2);
    feed.stop();
    feed.release();
    expect(desk.attached.size).toBe(0);
  });

  it('ends with its window', () => {
    const { desk, feed, target } = fed();
    feed.start();
    target.isDestroyed = () => true;
    desk.push({ name: 'desk.notice', payload: { kind: 'journal' } });
    expect(desk.attached.size).toBe(0);
    feed.close();
    feed.start();
    expect(desk.attached.size).toBe(0);
  });
});

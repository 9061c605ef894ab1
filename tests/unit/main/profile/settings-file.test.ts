import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { usualSettings } from '../../../../contract/settings.ts';
import { openSettings } from '../../../../main/profile/settings-file.ts';

let dir: string;
let file: string;
const onFault = vi.fn();

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'tillwatch-settings-'));
  file = path.join(dir, 'profile', 'settings.json');
  onFault.mockClear();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('the settings of a profile', () => {
  test('start as usual without a file, and make none', () => {
    expect(openSettings(file, onFault).read()).toEqual(usualSettings);
    expect(existsSync(file)).toBe(false);
    expect(onFault).not.toHaveBeenCalled();
  });

  test('outlive the process, only their owner may read them, and no draft is left', () => {
    openSettings(file, onFault).write({ appearance: 'dark' });
    expect(openSettings(file, onFault).read()).toEqual({ ...usualSettings, appearance: 'dark' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['settings.json']);
  });

  test('are told to every watcher once a change, until it stops watching', () => {
    const settings = openSettings(file, onFault);
    const heard = vi.fn();
    const end = settings.watch(heard);
    settings.write({ density: 'compact' });
    expect(heard).toHaveBeenCalledExactlyOnceWith({ ...usualSettings, density: 'compact' });
    end();
    settings.write({ density: 'comfortable' });
    expect(heard).toHaveBeenCalledOnce();
  });

  test('keep what a later version added', () => {
    openSettings(file, onFault).write({ grouped: true });
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), hologram: { on: true } }));
    openSettings(file, onFault).write({ grouped: false });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ grouped: false, hologram: { on: true } });
  });

  test.each(['{"appearance":', '[1]', 'null', ''])('a file that holds %j is set aside, and said', (text) => {
    openSettings(file, onFault).write({ grouped: true });
    writeFileSync(file, text);
    expect(openSettings(file, onFault).read()).toEqual(usualSettings);
    expect(onFault).toHaveBeenCalledOnce();
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe(text);
  });

  test('stay as they were where they cannot be written', () => {
    const blocked = path.join(dir, 'file-in-the-way', 'settings.json');
    writeFileSync(path.dirname(blocked), '');
    chmodSync(path.dirname(blocked), 0o600);
    const settings = openSettings(blocked, onFault);
    const heard = vi.fn();
    settings.watch(heard);
    expect(() => settings.write({ grouped: true })).toThrow();
    expect(settings.read()).toEqual(usualSettings);
    expect(heard).not.toHaveBeenCalled();
  });
});

import { describe, expect, it } from 'vitest';
import { defaultDataFolder } from '../../../launch/data-folder.ts';

describe("the user's data folder", () => {
  it.each([
    ['linux', '/home/ana', {}, '/home/ana/.local/share/tillwatch'],
    ['linux', '/home/ana', { XDG_DATA_HOME: '/data' }, '/data/tillwatch'],
    ['linux', '/home/ana', { XDG_DATA_HOME: 'relative' }, '/home/ana/.local/share/tillwatch'],
    ['linux', '/home/ana', { XDG_DATA_HOME: '' }, '/home/ana/.local/share/tillwatch'],
    ['darwin', '/Users/ana', {}, '/Users/ana/Library/Application Support/Tillwatch'],
    ['win32', 'C:\\Users\\ana', { APPDATA: 'D:\\Roaming' }, 'D:\\Roaming\\Tillwatch'],
    ['win32', 'C:\\Users\\ana', {}, 'C:\\Users\\ana\\AppData\\Roaming\\Tillwatch'],
  ] as const)('on %s with home %s and %o', (platform, home, env, folder) => {
    expect(defaultDataFolder({ platform, home, env })).toBe(folder);
  });
});

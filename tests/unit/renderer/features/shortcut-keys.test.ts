import { describe, expect, it } from 'vitest';
import {
  holderOf,
  isTaken,
  keyOf,
  keysOf,
  shortcutActions,
  shownKey,
  usualKeys,
} from '../../../../renderer/features/shortcuts/shortcut-keys.ts';
import type { KeyPress } from '../../../../renderer/features/shortcuts/shortcut-keys.ts';

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  ...{ key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...changes,
});

describe('keys', () => {
  it.each([
    [press('k', { ctrlKey: true }), 'Mod+K'],
    [press('k', { metaKey: true }), 'Mod+K'],
    [press('K', { ctrlKey: true, shiftKey: true }), 'Mod+Shift+K'],
    [press('/'), '/'],
    [press('?', { shiftKey: true }), '?'],
    [press('j'), 'J'],
    [press('¡', { altKey: true, code: 'Digit1' }), 'Alt+1'],
    [press('о', { code: 'KeyJ' }), 'J'],
    [press('F2', { shiftKey: true }), 'Shift+F2'],
    [press('+', { ctrlKey: true }), 'Mod++'],
  ])('%j is %s', (event, key) => {
    expect(keyOf(event)).toBe(key);
  });

  it.each(['Shift', 'Control', 'Process', 'Dead', 'Unidentified', ''])('%s alone is none', (key) => {
    expect(keyOf(press(key))).toBeNull();
  });

  it('are usual ones that nobody else has, each once', () => {
    expect(new Set(Object.values(usualKeys)).size).toBe(shortcutActions.length);
    expect(shortcutActions.filter((action) => isTaken(usualKeys[action]))).toEqual([]);
  });

  it('are as somebody chose them; an empty one is none, one of the system stays as it was', () => {
    const keys = keysOf({ search: 'Mod+J', mute: '', finder: 'Mod+W', constructor: 'X' });
    expect(keys).toMatchObject({ search: 'Mod+J', mute: null, finder: 'Mod+K', down: 'J' });
    expect(Object.keys(keys)).toEqual(shortcutActions);
  });

  it('belong to one action: the first of two, and the other is named', () => {
    const keys = keysOf({ down: 'M' });
    expect(keys.down).toBe('M');
    expect(keys.mute).toBeNull();
    expect(holderOf(keys, 'M', 'up')).toBe('down');
    expect(holderOf(keys, 'M', 'down')).toBeNull();
    expect(holderOf(keys, 'Mod+J', 'down')).toBeNull();
  });

  it('are shown as on the keyboard', () => {
    expect(shownKey('Mod+Shift+K', 'linux')).toBe('Ctrl+Shift+K');
    expect(shownKey('Mod+Shift+K', 'darwin')).toBe('⌘⇧K');
    expect(shownKey('Mod++', 'win32')).toBe('Ctrl++');
    expect(shownKey('/', 'darwin')).toBe('/');
  });
});

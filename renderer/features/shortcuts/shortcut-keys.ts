/** Which key does what. Pure: a key is a name such as `Mod+K`, `/` or `Alt+1`; `Mod` is ⌘ on macOS, Ctrl elsewhere. */

/** Actions in the order in which they are shown, with their usual keys. */
export const usualKeys = {
  finder: 'Mod+K',
  search: '/',
  down: 'J',
  up: 'K',
  desk: 'Alt+1',
  insights: 'Alt+2',
  health: 'Alt+3',
  settings: 'Alt+4',
  mute: 'M',
  retry: 'T',
} as const satisfies Readonly<Record<string, string>>;

export type ShortcutAction = keyof typeof usualKeys;
export const shortcutActions = Object.keys(usualKeys) as readonly ShortcutAction[];

/** The parts of a keyboard event that make a key. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The letter or digit of a key cap: by its place where Alt, or an alphabet that is not Latin, makes another sign of it. */
function capOf({ key, code, altKey }: KeyPress): string {
  const place = /^(?:Key([A-Z])|Digit(\d))$/.exec(code);
  const isForeign = key.length === 1 && key > '~';
  return (altKey || isForeign ? (place?.[1] ?? place?.[2]) : undefined) ?? (key.length === 1 ? key.toUpperCase() : key);
}

const modifiers = new Set(['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Fn', 'Dead', 'Process']);

/** @returns null for a modifier alone, and for what an input method makes */
export function keyOf(press: KeyPress): string | null {
  if (modifiers.has(press.key) || press.key === '' || press.key === 'Unidentified') return null;
  const cap = capOf(press);
  const isLetterOrName = /^[A-Z0-9]$/.test(cap) || cap.length > 1;
  // Shift is how most signs are written, so it is part of a key only where it is not part of the sign.
  const shift = press.shiftKey && isLetterOrName;
  const parts = [press.ctrlKey || press.metaKey ? 'Mod' : '', press.altKey ? 'Alt' : '', shift ? 'Shift' : '', cap];
  return parts.filter((part) => part !== '').join('+');
}

/** Keys that move the focus, write or leave, and those that systems and browsers keep for themselves. */
const taken = new Set(
  ['Tab', 'Shift+Tab', 'Enter', ' ', 'Escape', 'Backspace', 'Delete', 'F1', 'F5', 'F11', 'F12', 'Alt+F4'].concat(
    ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'PageUp', 'PageDown', 'Home', 'End'],
    Array.from('ACFLNOPQRSTVWXYZ0123456789+-=', (cap) => `Mod+${cap}`),
    Array.from('INRTWZ', (cap) => `Mod+Shift+${cap}`),
  ),
);

export function isTaken(key: string): boolean {
  return taken.has(key) || key.length > 32;
}

export type Keys = Readonly<Record<ShortcutAction, string | null>>;

/**
 * The keys as they hold now. Of two actions on one key, such as in a file that was written by hand, the first has it.
 * @param chosen the settings: by action, an empty text for none
 */
export function keysOf(chosen: Readonly<Record<string, string>>): Keys {
  const given = new Set<string>();
  const keyFor = (action: ShortcutAction): string | null => {
    const own = Object.hasOwn(chosen, action) ? chosen[action] : undefined;
    const key = own === undefined || isTaken(own) ? usualKeys[action] : own;
    if (key === '' || given.has(key)) return null;
    given.add(key);
    return key;
  };
  return Object.fromEntries(shortcutActions.map((action) => [action, keyFor(action)])) as Record<
    ShortcutAction,
    string | null
  >;
}

/** The other action that has this key; null when it is free. */
export function holderOf(keys: Keys, key: string, action: ShortcutAction): ShortcutAction | null {
  return shortcutActions.find((each) => each !== action && keys[each] === key) ?? null;
}

const marks: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' };

/** As it is written on keyboards: `Ctrl+K`, `⌘K`. @param platform Node's name of the system */
export function shownKey(key: string, platform: string): string {
  // A plus is itself the last part of `Mod++`.
  const parts = key.split(/\+(?=.)/);
  if (platform !== 'darwin') return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  return parts.map((part) => marks[part] ?? part).join('');
}

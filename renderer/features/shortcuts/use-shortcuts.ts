import { useEffect, useRef } from 'react';
import { useDesk } from '../../store/app-context.tsx';
import { isCovered, isTyping } from './key-target.ts';
import { keyOf, keysOf, shortcutActions } from './shortcut-keys.ts';
import type { ShortcutAction } from './shortcut-keys.ts';

type Handler = () => void;

/** Keys that work wherever the focus is. Signs alone are for writing while somebody writes. */
export function useShortcuts(handlers: Readonly<Partial<Record<ShortcutAction, Handler>>>): void {
  const chosen = useDesk((model) => model.settings.shortcuts);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const keys = keysOf(chosen);
    const onKeyDown = (event: KeyboardEvent) => {
      const key = event.isComposing ? null : keyOf(event);
      const action = shortcutActions.find((each) => keys[each] !== null && keys[each] === key);
      const handler = action && latest.current[action];
      if (!handler || isCovered() || (isTyping(event.target) && !/^(?:Mod|Alt)\+/.test(key ?? ''))) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [chosen]);
}

/** The key of an action by its name, such as `Mod+K`; null where it has none. */
export function useKeyOf(action: ShortcutAction): string | null {
  return useDesk((model) => keysOf(model.settings.shortcuts)[action]);
}

import { useEffect } from 'react';
import { useApp } from '../../store/app-context.tsx';
import { isCovered, isTyping } from '../shortcuts/key-target.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';

/** Brings the keyboard to the queue, and the move with it. */
function moveInQueue(key: 'ArrowDown' | 'ArrowUp'): void {
  const queue = document.getElementById('queue');
  if (!queue) return;
  queue.focus();
  queue.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

/** Esc closes the case, then the list of unmatched money. */
function useClosing(): void {
  const { ui } = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || isCovered()) return;
      const { opened, unmatched } = ui.getState();
      if (!opened && !unmatched) return;
      ui.setState(opened ? { opened: null } : { unmatched: false });
      document.getElementById('queue')?.focus();
    };
    // Asked before a dialog closes itself by the same Esc, which would otherwise close the case beneath it too.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [ui]);
}

/** Keys of the desk that work wherever the focus is: to the search, up and down in the queue, and Esc. */
export function useDeskKeys(search: HTMLInputElement | null): void {
  useClosing();
  useShortcuts({
    search: () => search?.focus(),
    down: () => moveInQueue('ArrowDown'),
    up: () => moveInQueue('ArrowUp'),
  });
}

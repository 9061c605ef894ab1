import { useEffect } from 'react';
import { useApp } from '../../store/app-context.tsx';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** True while something lies over the desk that takes the keys itself. */
function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

/** Brings the keyboard to the queue, and the key with it. */
function moveInQueue(event: KeyboardEvent): void {
  const queue = document.getElementById('queue');
  if (!queue || (event.target instanceof Node && queue.contains(event.target))) return;
  queue.focus();
  queue.dispatchEvent(new KeyboardEvent('keydown', { key: event.key, bubbles: true, cancelable: true }));
}

/** Keys that work wherever the focus is: `/` searches, Esc closes the case, then the list of unmatched money, j and k move in the queue. */
export function useDeskKeys(search: HTMLInputElement | null): void {
  const { ui } = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isCovered()) return;
      if (event.key === '/') {
        event.preventDefault();
        search?.focus();
      } else if (event.key === 'Escape' && ui.getState().opened) {
        ui.setState({ opened: null });
        document.getElementById('queue')?.focus();
      } else if (event.key === 'Escape' && ui.getState().unmatched) {
        ui.setState({ unmatched: false });
        document.getElementById('queue')?.focus();
      } else if (event.key === 'j' || event.key === 'k') {
        moveInQueue(event);
      }
    };
    // Asked before a dialog closes itself by the same Esc, which would otherwise close the case beneath it too.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [search, ui]);
}

import { useEffect } from 'react';
import { useApp } from '../../store/app-context.tsx';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

/** Keys that work wherever the focus is: `/` searches, Esc closes the case, j and k go to the queue. */
export function useDeskKeys(search: HTMLInputElement | null): void {
  const { ui } = useApp();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"]')) return;
      if (event.key === '/') {
        event.preventDefault();
        search?.focus();
      } else if (event.key === 'Escape' && ui.getState().opened) {
        ui.setState({ opened: null });
        document.getElementById('queue')?.focus();
      } else if (event.key === 'j' || event.key === 'k') {
        document.getElementById('queue')?.focus();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [search, ui]);
}

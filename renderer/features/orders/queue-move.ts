/** Where a key takes the keyboard's row to. */
import type { QueueLayout } from './queue-layout.ts';

function target(key: string, from: number, count: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from < 0 ? 0 : from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

/**
 * @param from index of the row the keyboard stands on, -1 for none
 * @param page rows a page holds
 * @returns the index of the order to stand on, null when the key does not move or there is nowhere to go
 */
export function nextActive(rows: QueueLayout, from: number, key: string, page: number): number | null {
  const wanted = target(key, from, rows.length, page);
  if (wanted === null) return null;
  const bounded = Math.min(Math.max(wanted, 0), rows.length - 1);
  const step = wanted < from ? -1 : 1;
  // A heading is stepped over in the direction of travel, and back where there is nothing beyond it.
  for (const direction of [step, -step]) {
    for (let n = bounded; n >= 0 && n < rows.length; n += direction) if (rows.at(n)?.kind === 'order') return n;
  }
  return null;
}

import { useLayoutEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import type { QueueLayout } from './queue-layout.ts';

/** Rows drawn beyond those in sight, so that a turn of the wheel shows no gap. */
const OVERSCAN = 10;

export interface RowWindow {
  /** Takes the element that scrolls. */
  readonly scrollerRef: (element: HTMLDivElement | null) => void;
  /** Places of the rows to draw, in order. */
  readonly indexes: readonly number[];
  /** Rows that fit in sight. */
  readonly page: number;
  /** Scrolls no farther than it takes to see a row. */
  readonly reveal: (index: number) => void;
}

/**
 * The rows in sight and around. The cost follows what is drawn, not how many there are.
 * @param headPx height of the heading that stays at the top of the scroller, before the rows
 * @param kept a row that stays in the document wherever it was scrolled to; -1 for none
 */
export function useRowWindow(layout: QueueLayout, headPx: number, kept: number): RowWindow {
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  useLayoutEffect(() => {
    if (!scroller) return undefined;
    const look = (): void => {
      const { scrollTop: top, clientHeight: height } = scroller;
      setView((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    // Drawn within the frame that scrolls: React would come to it only after the gap was seen.
    const scrolled = (): void => flushSync(look);
    const resized = new ResizeObserver(look);
    look();
    scroller.addEventListener('scroll', scrolled, { passive: true });
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener('scroll', scrolled);
      resized.disconnect();
    };
  }, [scroller]);

  const inSight = Math.max(0, view.height - headPx);
  return {
    scrollerRef: setScroller,
    indexes: indexesOf(layout, view.top, inSight, kept),
    page: layout.indexAt(view.top + inSight) - layout.indexAt(view.top),
    reveal: (index) => {
      if (scroller) scroller.scrollTop = revealed(layout, index, scroller.scrollTop, scroller.clientHeight - headPx);
    },
  };
}

/** @param top of what is in sight, and its height, in the rows' own pixels */
export function indexesOf(layout: QueueLayout, top: number, height: number, kept: number): number[] {
  const from = Math.max(0, layout.indexAt(top) - OVERSCAN);
  const to = Math.min(layout.length, layout.indexAt(top + height) + OVERSCAN + 1);
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  if (kept < 0 || kept >= layout.length || (kept >= from && kept < to)) return indexes;
  return kept < from ? [kept, ...indexes] : [...indexes, kept];
}

/** How far to scroll so that a row is seen whole; as far as now where it is already. */
export function revealed(layout: QueueLayout, index: number, top: number, height: number): number {
  const start = layout.topOf(index);
  if (start < top) return start;
  return Math.max(top, start + layout.heightOf(index) - height);
}

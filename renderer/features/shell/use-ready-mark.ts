import { useEffect } from 'react';
import { loadAhead } from './load-ahead.ts';

/** The longest the rest waits for a page that is never idle, in milliseconds. */
const IDLE_WITHIN_MS = 1000;
/** And for orders that are still on their way. */
const WHOLE_WITHIN_MS = 1000;

/** Marks the document with the first frame in which nothing is still on its way. @returns a function that gives it up */
function markWhenWhole(): () => void {
  const look = (): void => {
    if (document.querySelector('[data-coming]')) frame = requestAnimationFrame(look);
    else document.documentElement.dataset['ready'] = 'true';
  };
  let frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

/**
 * Once the first picture is painted, fetches what it did without; then marks the document, so that a start can be waited
 * for. @param begun true once there is something to see; @param whole true once all orders are there
 */
export function useReadyMark(begun: boolean, whole: boolean): void {
  useEffect(() => {
    if (!begun) return undefined;
    let end = (): void => undefined;
    const ahead = async (): Promise<void> => {
      let ended = false;
      end = () => {
        ended = true;
      };
      await loadAhead();
      if (!ended) end = markWhenWhole();
    };
    const timer = window.setTimeout(
      () => {
        const idle = window.requestIdleCallback(() => void ahead(), { timeout: IDLE_WITHIN_MS });
        end = () => window.cancelIdleCallback(idle);
      },
      whole ? 0 : WHOLE_WITHIN_MS,
    );
    return () => {
      window.clearTimeout(timer);
      end();
    };
  }, [begun, whole]);
}

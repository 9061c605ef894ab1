/** Lets things that take their time happen one after another, each in a task of its own. */
export interface Turns {
  /** Runs something when its turn comes. @returns a function that gives the turn back */
  readonly ask: (run: () => void) => () => void;
}

/** @param soon runs something in a task of its own */
export function createTurns(soon: (run: () => void) => void): Turns {
  const waiting: (() => void)[] = [];
  let awaited = false;
  const next = (): void => {
    awaited = false;
    const run = waiting.shift();
    if (waiting.length > 0) arrange();
    run?.();
  };
  const arrange = (): void => {
    if (awaited) return;
    awaited = true;
    soon(next);
  };
  return {
    ask: (run) => {
      waiting.push(run);
      arrange();
      return () => {
        const place = waiting.indexOf(run);
        if (place !== -1) waiting.splice(place, 1);
      };
    },
  };
}

/**
 * Does something again and again, at a steady pace where it is quick enough, one at a time where it is not.
 * @returns a function that ends it, once what is under way is done
 */
export function everySoOften(ms: number, run: () => Promise<unknown>): () => Promise<void> {
  let ended = false;
  let wake = (): void => undefined;
  const going = (async () => {
    while (!ended) {
      const begun = performance.now();
      await run();
      const rest = ms - (performance.now() - begun);
      if (rest <= 0 || ended) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return async () => {
    ended = true;
    wake();
    await going;
  };
}

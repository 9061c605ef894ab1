/** Calls `run` so many times a second, `count` times, whether earlier ones are done or not; late ones are caught up. */
export async function atSteadyPace(perSecond: number, count: number, run: (n: number) => void): Promise<void> {
  const begun = performance.now();
  for (let n = 0; n < count;) {
    const due = Math.min(count, Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1);
    while (n < due) run(n++);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

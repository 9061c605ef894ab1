export interface StepTime {
  readonly title: string;
  /** Milliseconds since the run began. */
  readonly from: number;
  readonly to: number;
}

/** How long a time was, in words: `12.3 s`, from a minute on `2 min 5 s`. */
export function spanOf(ms: number): string {
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Where the time of a run went, step by step as they began, and which of them had another beside them. */
export function describeTimes(times: readonly StepTime[]): readonly string[] {
  const inTurn = [...times].sort((a, b) => a.from - b.from);
  const width = Math.max(...inTurn.map(({ title }) => title.length));
  const lines = inTurn.map((time) => {
    const beside = inTurn.filter((other) => other !== time && other.from < time.to && other.to > time.from);
    const note = beside.length === 0 ? '' : `, beside ${beside.map(({ title }) => title).join(', ')}`;
    return `  ${time.title.padEnd(width)}  ${spanOf(time.to - time.from)}${note}`;
  });
  const all = Math.max(...times.map(({ to }) => to)) - Math.min(...times.map(({ from }) => from));
  return ['Where the time went:', ...lines, `  ${'all'.padEnd(width)}  ${spanOf(all)}`];
}

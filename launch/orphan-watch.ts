export interface OrphanPorts {
  /** Process id of the current parent. */
  readonly parent: () => number;
  readonly every: (periodMs: number, run: () => void) => () => void;
}

/** Milliseconds between two looks. */
const periodMs = 500;

/**
 * Calls back once when the parent has gone. npm runs a script through a shell; a SIGTERM to npm ends both without a word
 * to the script, which would go on unseen.
 * @returns a function that ends the watch
 */
export function watchForOrphaning(ports: OrphanPorts, onOrphaned: () => void): () => void {
  const parent = ports.parent();
  const end = ports.every(periodMs, () => {
    if (ports.parent() === parent) return;
    end();
    onOrphaned();
  });
  return end;
}

/** The long polls that are open, so that revoking a desk, a new epoch or a drain ends them at once. */
export class OpenPolls {
  readonly #open = new Set<{ desk: string; controller: AbortController }>();

  open(desk: string): { signal: AbortSignal; end: () => void; done: () => void } {
    const poll = { desk, controller: new AbortController() };
    this.#open.add(poll);
    return {
      signal: poll.controller.signal,
      end: () => poll.controller.abort(),
      done: () => void this.#open.delete(poll),
    };
  }

  get size(): number {
    return this.#open.size;
  }

  desks(): Set<string> {
    return new Set([...this.#open].map(({ desk }) => desk));
  }

  /** Ends every poll, or those of one desk. */
  end(desk?: string): void {
    for (const poll of this.#open) if (desk === undefined || poll.desk === desk) poll.controller.abort();
  }
}

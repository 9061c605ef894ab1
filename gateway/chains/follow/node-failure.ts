/** Its message is made here and shown to people: it never repeats an address, which may hold an API key. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  /**
   * True when the node itself answered, with an error or with what cannot be read: that may be about the one thing that was
   * asked for. False when it was not reached, or not in time.
   */
  readonly answered: boolean;
  /** For how many milliseconds the node asked to be left alone; 0 where it did not. */
  readonly retryAfterMs: number;

  constructor(message: string, answered = false, retryAfterMs = 0) {
    super(message);
    this.answered = answered;
    this.retryAfterMs = retryAfterMs;
  }
}

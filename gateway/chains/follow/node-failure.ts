/** Its message is made here and shown to people: it never repeats an address, which may hold an API key. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  /** True when the node itself answered, with an error; false when it was not reached, not in time, or not readable. */
  readonly answered: boolean;

  constructor(message: string, answered = false) {
    super(message);
    this.answered = answered;
  }
}

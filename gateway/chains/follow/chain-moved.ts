/** The chain changed while it was read: what was read does not fit together, and is read again. */
export class ChainMoved extends Error {
  override readonly name = 'ChainMoved';

  constructor() {
    super('the chain moved while it was read');
  }
}

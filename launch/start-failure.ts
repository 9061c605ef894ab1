/** A start that cannot go on, in words for whoever started it. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure';
}

/** Wrong arguments or configuration: the command line ends with 2 and says what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Says why a goal cannot be measured on this machine. */
export class NotMeasurable extends Error {
  override readonly name = 'NotMeasurable';
}

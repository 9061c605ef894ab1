/**
 * The code of a finding that this version does not know, as words: `fee-too-low` → `Fee too low`. Codes are the
 * gateway's and grow with its versions.
 */
export function findingTitle(code: string): string {
  const words = code.replace(/[-_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * A finding's code as words: `fee-too-low` → `Fee too low`. Codes are the gateway's and grow with its versions, so
 * their own words are shown rather than a list that would be behind.
 */
export function findingTitle(code: string): string {
  const words = code.replace(/[-_.]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

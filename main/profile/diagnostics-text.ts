/**
 * Takes out of a text for strangers whatever may be a secret or name a person; too much rather than too little. Pure. What
 * may repeat is bounded where its beginning may stand anywhere: else a long text would take the square of its length.
 */

const hidden = '[hidden]';

const patterns: readonly (readonly [RegExp, string])[] = [
  [/tillwatch:\/\/\S+/gi, hidden],
  [/twk_[\w-]+/g, hidden],
  // User and password of an address.
  [/\/\/[^/\s@]*@/g, `//${hidden}@`],
  // What follows the path of an address: codes, tickets, searches.
  [/(https?:\/\/[^\s?#"']{1,1000})[?#][^\s"']*/gi, `$1?${hidden}`],
  [/\b(bearer|basic)\s+[\w.~+/-]+=*/gi, `$1 ${hidden}`],
  [/\b(code|key|ticket|token|secret|password|signature|cookie)(["']?\s*[:=]\s*["']?)[^\s"',;&}]+/gi, `$1$2${hidden}`],
  [/[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]+/g, hidden],
];

/** Letters and digits that are too many for a word: keys, tickets, hashes, addresses on a chain. */
const longRuns = /[\w+/=-]{24,}/g;
const uuid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/**
 * @param home the folder of the user, whose name it holds; null where there is none
 */
export function diagnosticsText(text: string, home: string | null): string {
  const homeless = home === null || home.length < 2 ? text : text.replaceAll(home, '~');
  const named = patterns.reduce((left, [pattern, instead]) => left.replace(pattern, instead), homeless);
  return named.replaceAll(longRuns, (run) => (isHarmless(run) ? run : hidden));
}

/** A UUID names an event or a command; a run without digits, or of short parts, is words or a path. */
function isHarmless(run: string): boolean {
  if (uuid.test(run) || !/\d/.test(run)) return true;
  return run.split(/[/_-]/).every((part) => part.length < 16) && run.includes('/') && !/[+=]/.test(run);
}

/** Every text within a value, wherever it stands. */
export function cleaned(value: unknown, home: string | null): unknown {
  if (typeof value === 'string') return diagnosticsText(value, home);
  if (Array.isArray(value)) return value.map((each) => cleaned(each, home));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, cleaned(each, home)]));
}

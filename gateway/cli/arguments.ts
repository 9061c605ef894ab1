import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { faultCode } from '../system-words.ts';
import { UsageError } from './usage-error.ts';

const shared = { data: { type: 'string' }, json: { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig;

/**
 * Reads a command's arguments; `--data` and `--json` are known to every command.
 * @throws UsageError for an unknown option, one without its value, or one that is given twice and means one thing
 */
export function readArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  const known = { ...shared, ...options };
  try {
    const parsed = parseArgs({ args: [...args], options: known, allowPositionals: true, strict: true, tokens: true });
    const given = parsed.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    const twice = given.find((name, index) => given.indexOf(name) < index && !takesSeveral(known, name));
    if (twice !== undefined) throw new UsageError(`--${twice} is given twice`);
    return parsed;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(argumentWords(error, Object.keys(known)));
  }
}

function takesSeveral(options: ParseArgsOptionsConfig, name: string): boolean {
  return options[name]?.multiple === true || options[name]?.type === 'boolean';
}

/** What Node's reader of arguments found wrong. Source: https://nodejs.org/api/util.html#utilparseargsconfig */
function argumentWords(error: unknown, known: readonly string[]): string {
  const message = error instanceof Error ? error.message : String(error);
  const option = /'(?:-\w, )?(-{1,2}[^' <]*)/.exec(message)?.[1] ?? '';
  switch (faultCode(error)) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `there is no option ${option}; there are ${known.map((name) => `--${name}`).join(', ')}`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return message.includes('does not take an argument')
        ? `${option} takes no value`
        : `${option} takes a value; one that begins with a dash is written ${option}=VALUE`;
    default:
      return message;
  }
}

/** @throws UsageError when the option is missing */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing`);
  return value;
}

/** As long as a desk's own name may be. */
const LONGEST_NAME = 128;

/** What people call a desk or a key. @throws UsageError when it is empty, or too long for a list */
export function label(value: string): string {
  const name = value.trim();
  if (name.length > 0 && name.length <= LONGEST_NAME) return name;
  throw new UsageError(`--name takes 1 to ${LONGEST_NAME} characters`);
}

/** @throws UsageError when the value is none of those allowed */
export function oneOf<T extends string>(value: string, allowed: readonly T[], option: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new UsageError(`${option} must be one of ${allowed.join(', ')}, not "${value}"`);
  return found;
}

/** @throws UsageError when there are more words than a command takes */
export function noMore(positionals: readonly string[], most: number): void {
  const [surplus] = positionals.slice(most);
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is not understood here`);
}

import { parseArgs } from 'node:util';
import type { ParseArgsOptionsConfig } from 'node:util';
import { UsageError } from './usage-error.ts';

const shared = { data: { type: 'string' }, json: { type: 'boolean' } } as const satisfies ParseArgsOptionsConfig;

/**
 * Reads a command's arguments; `--data` and `--json` are known to every command.
 * @throws UsageError for an unknown option, or one without its value
 */
export function readArguments<T extends ParseArgsOptionsConfig>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options: { ...shared, ...options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError when the option is missing */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new UsageError(`${option} is missing`);
  return value;
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

/** What is wrong with a field, for whoever wrote it: where a schema says nothing of its own. */
import type { z } from 'zod';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a group of fields with names',
  record: 'a group of fields with names',
  string: 'text',
};

/** What Zod takes as `error` of a parse. @returns undefined where Zod's own words will do */
export function faultWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : wrongType(issue.expected, issue.input);
    case 'too_small':
      return sized('at least', issue.minimum, issue.origin);
    case 'too_big':
      return sized('at most', issue.maximum, issue.origin);
    default:
      return undefined;
  }
}

function wrongType(expected: string, input: unknown): string {
  const kind = `has to be ${kinds[expected] ?? expected}`;
  // 1041, yes and 0x… are something else where they stand bare.
  const bare = expected === 'string' && (typeof input === 'number' || typeof input === 'boolean');
  return bare ? `${kind}: put it in quotes` : kind;
}

function sized(bound: string, size: number | bigint, origin: string): string {
  switch (origin) {
    case 'string':
      return `takes ${bound} ${size} ${size === 1 ? 'character' : 'characters'}`;
    case 'array':
    case 'set':
      return `takes ${bound} ${size} ${size === 1 ? 'entry' : 'entries'}`;
    default:
      return `has to be ${bound} ${size}`;
  }
}

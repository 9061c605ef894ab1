/**
 * Asks whether a value is just what a schema would make of it, without making it. Parsing checks and copies; most values
 * come from a gateway or a desk of ours and need no copy. Closures, because pages may not compile text.
 */
import type { z } from 'zod';

/** True only where `schema.parse(value)` would succeed and be deeply equal to `value`; false decides nothing. */
export type ExactFit = (value: unknown) => boolean;

/** What zod 4 says of a schema of each kind that events are made of. Source: zod/v4/core, `$ZodTypes` and `$ZodChecks`. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly catchall?: Schema;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
}

interface Schema {
  readonly _zod: { readonly def: Definition };
}

interface Check {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly value?: number;
  readonly inclusive?: boolean;
}

/** What a schema of parts this does not know fits is for parsing to say. */
const never: ExactFit = () => false;

export function exactFit(schema: z.ZodType): ExactFit {
  return fitOf(schema);
}

const fits = new WeakMap<z.ZodType, ExactFit>();

/**
 * Reads a value by a schema.
 * @returns the very value where it is as the schema has it, else what parsing gives: a copy, or the reasons
 */
export function readAs<S extends z.ZodType>(schema: S, value: unknown): z.ZodSafeParseResult<z.output<S>> {
  let fit = fits.get(schema);
  if (!fit) fits.set(schema, (fit = exactFit(schema)));
  return fit(value) ? { success: true, data: value as z.output<S> } : schema.safeParse(value);
}

function fitOf({ _zod: { def } }: Schema): ExactFit {
  switch (def.type) {
    case 'unknown':
      return () => true;
    case 'null':
      return (value) => value === null;
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'string':
      return stringFit(def);
    case 'number':
      return numberFit(def);
    case 'enum':
      return enumFit(def);
    case 'nullable':
      return orNull(inner(def.innerType));
    case 'array':
      return arrayFit(def);
    case 'record':
      return recordFit(def);
    case 'object':
      return objectFit(def);
    default:
      return never;
  }
}

function inner(schema: Schema | undefined): ExactFit {
  return schema ? fitOf(schema) : never;
}

/** A format stands in the definition itself, what was added to it among the checks. */
function checksOf(def: Definition): Check[] {
  const own = def.check === undefined ? [] : [def as Check];
  return [...own, ...(def.checks ?? []).map(({ _zod }) => _zod.def)];
}

function stringFit(def: Definition): ExactFit {
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  const patterns: RegExp[] = [];
  for (const check of checksOf(def)) {
    if (check.check === 'min_length') least = Math.max(least, check.minimum ?? Number.NaN);
    else if (check.check === 'max_length') most = Math.min(most, check.maximum ?? Number.NaN);
    else if (check.check === 'string_format' && check.pattern && !/[gy]/.test(check.pattern.flags))
      patterns.push(check.pattern);
    else return never;
  }
  const bounded = (value: unknown): value is string =>
    typeof value === 'string' && value.length >= least && value.length <= most;
  const [first, ...more] = patterns;
  if (!first) return bounded;
  if (more.length === 0) return (value) => bounded(value) && first.test(value);
  return (value) => bounded(value) && patterns.every((pattern) => pattern.test(value));
}

function numberFit(def: Definition): ExactFit {
  let [least, most] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let whole = false;
  for (const check of checksOf(def)) {
    if (check.check === 'number_format' && check.format === 'safeint') whole = true;
    else if (check.check === 'greater_than' && check.inclusive) least = Math.max(least, check.value ?? Number.NaN);
    else if (check.check === 'less_than' && check.inclusive) most = Math.min(most, check.value ?? Number.NaN);
    else return never;
  }
  const isNumber = whole ? Number.isSafeInteger : Number.isFinite;
  return (value) => isNumber(value) && (value as number) >= least && (value as number) <= most;
}

function enumFit({ entries = {} }: Definition): ExactFit {
  const values = new Set<unknown>(Object.values(entries));
  return (value) => values.has(value);
}

function orNull(fits: ExactFit): ExactFit {
  return (value) => value === null || fits(value);
}

function arrayFit(def: Definition): ExactFit {
  const fits = inner(def.element);
  let [least, most] = [0, Number.POSITIVE_INFINITY];
  for (const check of checksOf(def)) {
    if (check.check === 'min_length') least = Math.max(least, check.minimum ?? Number.NaN);
    else if (check.check === 'max_length') most = Math.min(most, check.maximum ?? Number.NaN);
    else return never;
  }
  return (value) => Array.isArray(value) && value.length >= least && value.length <= most && everyFits(value, fits);
}

function everyFits(list: readonly unknown[], fits: ExactFit): boolean {
  for (let n = 0; n < list.length; n += 1) if (!fits(list[n])) return false;
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function recordFit(def: Definition): ExactFit {
  const [fitsKey, fits] = [inner(def.keyType), inner(def.valueType)];
  return (value) => {
    if (!isRecord(value)) return false;
    for (const key of Object.keys(value)) {
      if (key === '__proto__' || !fitsKey(key) || !fits(value[key])) return false;
    }
    return true;
  };
}

interface Field {
  readonly key: string;
  readonly fits: ExactFit;
  readonly optional: boolean;
}

function fieldOf(key: string, schema: Schema): Field {
  const { type, innerType } = schema._zod.def;
  if (type !== 'optional') return { key, optional: false, fits: fitOf(schema) };
  return innerType ? { ...fieldOf(key, innerType), optional: true } : { key, optional: true, fits: never };
}

/** A key beyond the shape, which parsing would leave out, shows in the count. */
function objectFit({ shape = {}, catchall }: Definition): ExactFit {
  if (catchall) return never;
  const fields = Object.entries(shape).map(([key, schema]) => fieldOf(key, schema));
  return (value) => {
    if (!isRecord(value)) return false;
    let known = 0;
    for (const { key, fits, optional } of fields) {
      const held = value[key];
      if (held === undefined) {
        if (!optional) return false;
      } else if (fits(held)) known += 1;
      else return false;
    }
    return Object.keys(value).length === known;
  };
}

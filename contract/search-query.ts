/** What a person typed or pasted, as what is looked for: beginnings of terms, and spans of time. Pure. */
import { DECIMAL_PATTERN } from './money.ts';
import { instantOf, wallTime } from './zoned-time.ts';

/** A span of time, epoch milliseconds, both ends included. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** An order answers when one of its terms begins with one of `beginnings`, or something of it happened in `span`. */
export interface SearchQuery {
  readonly beginnings: readonly string[];
  readonly span: TimeSpan | null;
}

export interface SearchPlace {
  /** The store's, in which times are named. */
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Longer terms can't be typed; they would only fill the index. */
const LONGEST = 256;
/** How far from a named minute something counts as near it. */
const NEAR_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/** Invisible characters that come along when something is copied. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]/g;

/** Nothing to compose and nothing invisible: most terms by far, and every order makes many. */
const PLAIN = /^[ -~]*$/;

/** As terms are compared: composed, in lower case, without what can't be seen around it. */
export function normalTerm(text: string): string {
  const seen = PLAIN.test(text) ? text : text.normalize('NFC').replace(INVISIBLE, '');
  return seen.trim().toLowerCase().slice(0, LONGEST);
}

/** @returns a query without beginnings and span for a text that says nothing */
export function searchQuery(text: string, place: SearchPlace): SearchQuery {
  const term = normalTerm(text);
  if (term === '') return { beginnings: [], span: null };
  const found = new Set([term, ...withoutMark(term), ...identifiersIn(term), ...amountsIn(term)]);
  const beginnings = [...found].filter((each) => ![...found].some((other) => other !== each && each.startsWith(other)));
  return { beginnings, span: spanOf(term, place) };
}

function withoutMark(term: string): string[] {
  const rest = term.replace(/^#\s*/, '');
  return rest === term || rest === '' ? [] : [rest];
}

/**
 * Hashes and addresses inside an explorer's link or a payment link, and hexadecimals with and without `0x`: wallets
 * and explorers show either.
 */
function identifiersIn(term: string): string[] {
  const inLinks = /[:/?=]/.test(term) ? (term.match(/[a-z0-9]{26,128}/g) ?? []) : [];
  return [...inLinks, term].flatMap((each) => {
    if (/^0x[0-9a-f]{64}$/.test(each)) return [each, each.slice(2)];
    if (/^[0-9a-f]{6,64}$/.test(each)) return [each, `0x${each}`];
    return each === term ? [] : [each];
  });
}

const SIGNS: Readonly<Record<string, readonly string[]>> = {
  $: ['usd'],
  us$: ['usd'],
  '€': ['eur'],
  '£': ['gbp'],
  '¥': ['jpy', 'cny'],
  '₹': ['inr'],
  '₩': ['krw'],
  '₽': ['rub'],
  '₿': ['btc'],
  ξ: ['eth'],
};

/** `$54`, `54.00`, `54 USDC`, `1,234.50` → `54 usd`, `54 ` and so on, as amounts stand among the terms. */
function amountsIn(term: string): string[] {
  const parts = /^([^\d\s.,'-]{1,16})?\s*(\d[\d.,' ]{0,79})\s*([^\d\s.,'-][^\s]{0,15})?$/.exec(term);
  if (!parts) return [];
  const [, before, digits = '', after] = parts;
  if (before !== undefined && after !== undefined) return [];
  const unit = before ?? after;
  const values = decimalsOf(digits.replace(/[' ]/g, ''));
  if (unit !== undefined) return values.flatMap((value) => unitsOf(unit).map((code) => `${value} ${code}`));
  // A whole number may also be the beginning of a larger one; what has a fraction is meant as it is.
  return /[.,]/.test(digits) ? values.map((value) => `${value} `) : [];
}

function unitsOf(unit: string): readonly string[] {
  return SIGNS[unit] ?? (/^[a-z][a-z0-9.]{1,15}$/.test(unit) ? [unit] : []);
}

/** The values that digits with points and commas may mean, in the shortest form: both where a comma leaves it open. */
function decimalsOf(digits: string): string[] {
  const point = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const grouped = digits.replace(/[.,]/g, '');
  const readings = new Set<string>();
  if (point === -1) readings.add(grouped);
  else {
    const marks = digits.replace(/\d/g, '');
    const isGroups = /^\d{1,3}(?:[.,]\d{3})+$/.test(digits) && new Set(marks).size === 1;
    if (isGroups && (marks.length > 1 || marks === ',')) readings.add(grouped);
    if (new Set(marks.slice(0, -1)).size <= 1 && !marks.slice(0, -1).includes(marks.at(-1) ?? '')) {
      readings.add(`${digits.slice(0, point).replace(/[.,]/g, '')}.${digits.slice(point + 1)}`);
    }
  }
  return [...readings].map(shortest).filter((value) => DECIMAL_PATTERN.test(value));
}

/** Without leading zeros, and without trailing ones after the point. */
export function shortest(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const significant = fraction.replace(/0+$/, '');
  const units = whole.replace(/^0+(?=\d)/, '') || '0';
  return significant === '' ? units : `${units}.${significant}`;
}

/** `2026-11-21T14:03`, `2026-11-21 14:03Z`, `14:03`, `2:03 pm`, `2026-11-21`. */
function spanOf(term: string, place: SearchPlace): TimeSpan | null {
  const dated =
    /^(\d{4})-(\d{2})-(\d{2})(?:[t ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?)?$/.exec(term);
  if (dated) return datedSpan(dated, place.timeZone);
  const clock = /^(\d{1,2}):(\d{2})(?:\s*([ap])\.?m\.?)?$/.exec(term);
  return clock ? clockSpan(clock, place) : null;
}

function datedSpan(parts: RegExpExecArray, timeZone: string): TimeSpan | null {
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number);
  const hour = parts[4];
  const zone = parts[7];
  const wall = {
    year,
    month,
    day,
    hour: Number(hour ?? 0),
    minute: Number(parts[5] ?? 0),
    second: Number(parts[6] ?? 0),
  };
  const local = instantOf(wall, zone === undefined ? timeZone : 'UTC');
  if (local === null) return null;
  if (hour !== undefined) return near(local - (zone === undefined ? 0 : zoneOffset(zone)));
  const next = new Date(Date.UTC(year, month - 1, day) + DAY_MS);
  const end = instantOf(
    { ...wall, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() },
    timeZone,
  );
  return { from: local, to: (end ?? local + DAY_MS) - 1 };
}

function zoneOffset(zone: string): number {
  const parts = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!parts) return 0;
  const ms = (Number(parts[2]) * 60 + Number(parts[3])) * 60_000;
  return parts[1] === '-' ? -ms : ms;
}

/** A time of day without its day is the last one: what somebody asks about has happened. */
function clockSpan(parts: RegExpExecArray, { timeZone, now }: SearchPlace): TimeSpan | null {
  const half = parts[3];
  const named = Number(parts[1]);
  const hour = half === undefined ? named : (named % 12) + (half === 'p' ? 12 : 0);
  if (half !== undefined && (named < 1 || named > 12)) return null;
  for (const daysBack of [0, 1]) {
    const { year, month, day } = wallTime(now - daysBack * DAY_MS, timeZone);
    const at = instantOf({ year, month, day, hour, minute: Number(parts[2]) }, timeZone);
    if (at === null) return null;
    if (at <= now + NEAR_MS) return near(at);
  }
  return null;
}

function near(at: number): TimeSpan {
  return { from: at - NEAR_MS, to: at + NEAR_MS };
}

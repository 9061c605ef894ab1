const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Steps between the marks of an axis of time, as people count it; milliseconds. */
const steps: readonly number[] = [
  ...[100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 6, 12, 24].map((hours) => hours * HOUR),
];
const MARKS_MOST = 5;

/** Marks from zero to the first that no value exceeds, at most six of them; whole days where hours are too many. */
export function durationMarks(most: number): number[] {
  const day = 24 * HOUR;
  const step = steps.find((each) => each * MARKS_MOST >= most) ?? Math.ceil(most / MARKS_MOST / day) * day;
  const count = Math.max(1, Math.ceil(most / step));
  return Array.from({ length: count + 1 }, (_, n) => n * step);
}

/** Wall clock times of a time zone, as people name them, and instants. Pure but for the zones that the platform knows. */

/** A wall clock time; month and day count from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second?: number;
}

/** Milliseconds that a zone's wall clock is ahead of UTC at an instant; an unknown zone counts as UTC. */
function offsetAt(instant: number, timeZone: string): number {
  const { year, month, day, hour, minute, second = 0 } = wallTime(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

/** What the wall clock of a zone shows at an instant, epoch milliseconds. */
export function wallTime(instant: number, timeZone: string): WallTime {
  return createWallClock(timeZone)(instant);
}

/** The wall clock of one zone, for those who read it often. */
export function createWallClock(timeZone: string): (instant: number) => Required<WallTime> {
  const format = formatOf(timeZone);
  return (instant) => {
    const parts = format.formatToParts(instant);
    const of = (type: Intl.DateTimeFormatPartTypes): number =>
      Number(parts.find((part) => part.type === type)?.value ?? 0);
    const [year, month, day] = [of('year'), of('month'), of('day')];
    return { year, month, day, hour: of('hour'), minute: of('minute'), second: of('second') };
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const two = '2-digit' as const;
  const parts = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
  try {
    return new Intl.DateTimeFormat('en', { ...parts, hourCycle: 'h23', timeZone });
  } catch {
    return new Intl.DateTimeFormat('en', { ...parts, hourCycle: 'h23', timeZone: 'UTC' });
  }
}

/**
 * The instant at which a zone's wall clock shows a time, epoch milliseconds.
 * @returns null where there is no such date, such as the 30th of February; of an hour that a change of the clock leaves
 *   out, a time close by
 */
export function instantOf(wall: WallTime, timeZone: string): number | null {
  const { year, month, day, hour, minute, second = 0 } = wall;
  const asUtc = Date.UTC(year, month - 1, day, hour, minute, second);
  const real = new Date(asUtc);
  const exists = real.getUTCMonth() === month - 1 && real.getUTCDate() === day && real.getUTCHours() === hour;
  if (!exists || real.getUTCMinutes() !== minute) return null;
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

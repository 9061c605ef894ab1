/** Times of a store as text: ISO 8601 with the offset its wall clock has then, so that both readings are exact. */
import { createWallClock } from '../../../../contract/zoned-time.ts';

export interface ZonedText {
  /** `2026-11-21T08:41:07.250+00:00` */
  readonly time: (store: string, at: number) => string;
  /** `2026-11-21` */
  readonly day: (store: string, at: number) => string;
}

const QUARTER_MS = 15 * 60_000;
const MINUTE_MS = 60_000;

function offsetText(offsetMs: number): string {
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const two = (number: number) => Math.floor(number).toString().padStart(2, '0');
  return `${offsetMs < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** Offsets change on a quarter of an hour, so that each is asked once. */
function createOffset(timeZone: string): (at: number) => number {
  const clock = createWallClock(timeZone);
  const known = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER_MS);
    let offset = known.get(quarter);
    if (offset === undefined) {
      const start = quarter * QUARTER_MS;
      const { year, month, day, hour, minute, second } = clock(start);
      known.set(quarter, (offset = Date.UTC(year, month - 1, day, hour, minute, second) - start));
    }
    return offset;
  };
}

/** @param zones time zones by store; a store that is not among them tells its times in UTC */
export function createZonedText(zones: ReadonlyMap<string, string>): ZonedText {
  const offsets = new Map<string, (at: number) => number>();
  const offsetOf = (store: string, at: number) => {
    const zone = zones.get(store) ?? 'UTC';
    let offset = offsets.get(zone);
    if (!offset) offsets.set(zone, (offset = createOffset(zone)));
    return offset(at);
  };
  const wall = (at: number, offset: number) => new Date(at + offset).toISOString();
  return {
    time: (store, at) => {
      const offset = offsetOf(store, at);
      return `${wall(at, offset).slice(0, -1)}${offsetText(offset)}`;
    },
    day: (store, at) => wall(at, offsetOf(store, at)).slice(0, 10),
  };
}

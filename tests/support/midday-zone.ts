/**
 * A time zone in which it is noon or up to an hour later, so that what a test did in the last hours was done today,
 * at whatever hour it runs. The zones of `Etc` have the sign of their offset the other way round (IANA tz, `etcetera`).
 * @param now milliseconds since 1970
 */
export function middayZone(now: number): string {
  const ahead = 12 - new Date(now).getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

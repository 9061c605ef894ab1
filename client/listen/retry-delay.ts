/**
 * How long to wait before connecting again, as desks do [CN3]: soon after a connection that held, then 1 s and a random
 * part that doubles up to 16 s, so that all who lost the same gateway do not come back in step.
 * @param tries 0 for the first after a connection that held
 * @param random uniform in [0, 1)
 * @returns milliseconds
 */
export function retryDelay(tries: number, random: number, loopback: boolean): number {
  const wait = tries === 0 ? 200 + 1_800 * random : 1_000 + Math.min(16_000, 4_000 * 2 ** Math.min(tries, 10)) * random;
  return Math.round(loopback ? Math.min(wait, 2_000) : wait);
}

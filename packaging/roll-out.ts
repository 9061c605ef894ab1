/** A staged roll-out: electron-updater offers a version to as many copies in a hundred as its feed says. */

/** The feed of a version, offered to `percent` copies in a hundred. @throws RangeError unless it is whole, 0 to 100 */
export function stagedFeed(feed: string, percent: number): string {
  if (!Number.isInteger(percent) || percent < 0 || percent > 100) {
    throw new RangeError(`A roll-out takes a whole number from 0 to 100, not ${percent}.`);
  }
  const rest = feed.replace(/^stagingPercentage:.*\n?/gm, '');
  const end = rest.endsWith('\n') ? '' : '\n';
  return percent === 100 ? `${rest}${end}` : `${rest}${end}stagingPercentage: ${percent}\n`;
}

/** Whether a file of a release is a feed: `latest.yml`, `latest-mac.yml`, `beta-linux-arm64.yml`. */
export function isFeed(file: string): boolean {
  return /^[a-z]+(-(mac|linux)(-[a-z0-9]+)?)?\.yml$/.test(file) && !file.startsWith('builder');
}

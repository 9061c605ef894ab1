/** `npm run package:stage -- DIR PERCENT`: has every feed in a folder offered to that many copies in a hundred. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isFeed, stagedFeed } from './roll-out.ts';

const [dir = '', percent = ''] = process.argv.slice(2);
const feeds = dir === '' ? [] : readdirSync(dir).filter(isFeed);
if (feeds.length === 0 || !/^\d+$/.test(percent)) {
  console.error(
    'npm run package:stage -- DIR PERCENT: a folder with the feeds of a release, and a number from 0 to 100',
  );
  process.exitCode = 2;
} else {
  for (const feed of feeds) {
    const file = path.join(dir, feed);
    writeFileSync(file, stagedFeed(readFileSync(file, 'utf8'), Number(percent)));
    console.log(`${feed}: offered to ${percent} in 100`);
  }
}

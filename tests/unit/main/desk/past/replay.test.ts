import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foldAll } from '../../../../../contract/fold.ts';
import { created, noted } from '../../../../support/scripted-gateway/drafts.ts';
import { eventOf } from '../delivery/facts.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { TemporaryFolder } from '../temporary-folder.ts';
import { PastWorld, plain, seededLog } from './past-world.ts';

let folder: TemporaryFolder;
let world: PastWorld | null = null;

beforeEach(() => (folder = temporaryFolder()));
afterEach(() => {
  world?.close();
  world = null;
  folder.remove();
});

/** Mulberry32. @returns whole numbers from 0 to below `below`, the same for the same seed */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

const seeds = Array.from({ length: 200 }, (_, n) => n + 1);

/** Trims and restarts now and then, so that the base moves while the history goes on. */
function lived(world: PastWorld, roll: (below: number) => number, step: () => void): void {
  world.snapshot(roll(4));
  while (world.book.seq < world.events.length) {
    step();
    if (roll(5) === 0) world.trim(world.now - roll(150));
    if (roll(120) === 0) world.restart();
  }
}

describe('[DL10] the desk at an earlier time', () => {
  test('equals the fold up to that time, in each of 200 seeded histories', { timeout: 60_000 }, async () => {
    let moved = 0;
    const lives = (world = new PastWorld(folder.path, []));
    for (const seed of seeds) {
      const roll = dice(seed);
      lives.begin(`s${seed}`, seededLog(seed, `s${seed}`));
      const first = lives.now + 10;
      lived(lives, roll, () => lives.arrive(1 + roll(7), 1 + roll(20)));
      const replay = lives.replay();
      const base = lives.journal.base(lives.store)!;
      expect(base.at).toBeGreaterThanOrEqual(first);
      moved += Number(base.at > first);
      for (const { at, seq } of lives.shown) {
        const past = await replay.at(at);
        if (at < base.at) {
          expect(past, `seed ${seed} at ${at}`).toBeNull();
          continue;
        }
        const folded = plain(foldAll(new Map(), lives.events.slice(0, seq)).values());
        expect([past?.seq, plain(past!.orders.values())], `seed ${seed} at ${at}`).toEqual([seq, folded]);
      }
    }
    // Else the base was never taken in anything.
    expect(moved).toBeGreaterThan(60);
  });

  test('equals what was on the screen, also where orders were fetched and let go of', { timeout: 60_000 }, async () => {
    const lives = (world = new PastWorld(folder.path, []));
    for (const seed of seeds.slice(0, 60)) {
      const roll = dice(seed);
      lives.begin(`s${seed}`, seededLog(seed + 1_000, `s${seed}`));
      lived(lives, roll, () => {
        const what = roll(6);
        if (what === 0)
          lives.fetch(`ord_${1 + roll(2)}-${roll(2)}`, Math.min(lives.book.seq + roll(9), lives.events.length));
        else if (what === 1) lives.forgetOlder(2_000 + roll(3_000));
        else lives.arrive(1 + roll(7), 1 + roll(20));
      });
      const base = lives.journal.base(lives.store)!;
      const asked = [
        ...lives.shown.filter(({ at }) => at >= base.at),
        ...lives.shown.filter(({ at }) => at >= base.at).reverse(),
      ];
      const replay = lives.replay();
      for (const { at, seq, orders } of asked) {
        const past = await replay.at(at);
        expect([past?.seq, plain(past!.orders.values())], `seed ${seed} at ${at}`).toEqual([seq, orders]);
      }
    }
  });

  test('goes on correctly while the base moves under a question', async () => {
    const events = Array.from({ length: 2_000 }, (_, n) =>
      eventOf(n + 1, n % 9 === 0 ? created(`o${n}`) : noted(`o${n - (n % 9)}`, 'x')),
    );
    const lives = (world = new PastWorld(folder.path, events));
    lives.snapshot(0);
    lives.arrive(events.length, 10);
    const { at, orders } = lives.shown.at(-1)!;
    let breaths = 0;
    const replay = lives.replay(async () => {
      breaths += 1;
      if (breaths === 3) lives.trim(lives.now - 10_000);
    });
    const past = await replay.at(at);
    expect(plain(past!.orders.values())).toEqual(orders);
    expect(lives.journal.base('main')!.seq).toBeGreaterThan(900);
    expect(await replay.at(lives.journal.base('main')!.at - 1)).toBeNull();
  });

  test('two questions at once do not disturb each other', async () => {
    const lives = (world = new PastWorld(folder.path, seededLog(7)));
    lives.snapshot(0);
    while (lives.book.seq < lives.events.length) lives.arrive(5, 7);
    const replay = lives.replay(() => new Promise((resolve) => void setImmediate(resolve)));
    const [early, late] = [lives.shown[4]!, lives.shown.at(-1)!];
    const answers = await Promise.all([late, early, late].map(({ at }) => replay.at(at)));
    expect(answers.map((past) => plain(past!.orders.values()))).toEqual(
      [late, early, late].map(({ orders }) => orders),
    );
  });

  test('[CK3] a clock that was wrong for a while neither hides nor foretells what had been shown', async () => {
    const events = [1, 2, 3, 4].map((seq) => eventOf(seq, created(`o${seq}`)));
    const lives = (world = new PastWorld(folder.path, events));
    lives.snapshot(0);
    const begin = lives.now;
    // An hour ahead, until the first sample of the gateway's clock.
    lives.now += 3_600_000;
    lives.arrive(1, 10);
    lives.fetch('o1', 1);
    lives.now = begin + 1_000;
    lives.arrive(2, 10);
    const { at } = lives.shown.at(-1)!;
    lives.now += 5_000;
    lives.arrive(1, 10);
    const shownAt = async (moment: number) => [...(await lives.replay().at(moment))!.orders.keys()];
    expect(await shownAt(begin)).toEqual([]);
    expect(await shownAt(at)).toEqual(['o1', 'o2', 'o3']);
    expect(await shownAt(lives.now)).toEqual(['o1', 'o2', 'o3', 'o4']);
    lives.trim(at + 1);
    expect(await shownAt(at)).toEqual(['o1', 'o2', 'o3']);
    expect(await shownAt(lives.now)).toEqual(['o1', 'o2', 'o3', 'o4']);
  });
});

test('[DL4] of what was before a new picture nothing is told, rather than something wrong', async () => {
  const lives = (world = new PastWorld(folder.path, seededLog(3)));
  lives.snapshot(0);
  expect(lives.journal.base('main')).toMatchObject({ complete: true, seq: 0 });
  lives.arrive(5, 10);
  const before = lives.now;
  lives.snapshot(9);
  expect(lives.journal.base('main')).toMatchObject({ complete: false, seq: 9 });
  expect(await lives.replay().at(before)).toBeNull();
  expect((await lives.replay().at(lives.now))!.seq).toBe(9);
});

test('without a picture there is no past', async () => {
  const lives = (world = new PastWorld(folder.path, []));
  expect(await lives.replay().at(lives.now)).toBeNull();
});

/** P9: what a desk tells its windows while events storm in. */
import { milliseconds, perSecond, valueFigure } from '../figure.ts';
import type { Figure } from '../figure.ts';
import { filledLog } from '../filled-log.ts';
import type { Goal } from '../goal.ts';
import { openStation } from '../station.ts';
import { quantile } from '../statistics.ts';
import type { RelayStation, StormResult } from '../stations/relay-station.ts';

const EVENTS = 20_000;
const WINDOWS = 2;
const STORM_MS = 5_000;
/** A frame of 60 a second, less what a timer may come early by. */
const FRAME_MS = 15;
const kibibytes = { name: ' KiB', digits: 1 };

export const p9: Goal = {
  id: 'p9',
  what: `messages to ${WINDOWS} windows in a storm of events`,
  measure: async (setting) => {
    const dataDir = await filledLog(setting.folder, setting.quick ? EVENTS / 10 : EVENTS);
    const storms: StormResult[] = [];
    for (let round = 0; round < setting.rounds; round += 1) {
      const station = await openStation<RelayStation>(
        'relay-station.ts',
        setting.profile === null ? {} : { profile: setting.profile },
      );
      try {
        storms.push(await station.ask('storm', { dataDir, windows: WINDOWS, ms: setting.quick ? 500 : STORM_MS }));
      } finally {
        await station.close();
      }
      setting.say(`round ${round + 1}: ${Math.round(storms.at(-1)?.eventsPerSecond ?? 0)} events/s`);
    }
    return figures(storms);
  },
};

function figures(storms: readonly StormResult[]): Figure[] {
  const about = (what: string) => ({ goal: 'P9', what });
  const sizes = storms.map((storm) => quantile(storm.sizes, 0.5) / 1024);
  return [
    valueFigure(
      { ...about('events sustained'), bound: { atLeast: 100_000 }, unit: perSecond },
      storms.map((each) => each.eventsPerSecond),
    ),
    valueFigure(
      { ...about('first event to first message'), bound: { atMost: 1 }, unit: milliseconds },
      storms.map(({ firstMs }) => firstMs),
    ),
    valueFigure(
      { ...about('between messages of a window, least'), bound: { atLeast: FRAME_MS }, unit: milliseconds },
      storms.map(({ leastGapMs }) => leastGapMs),
    ),
    valueFigure({ ...about('size of a message, median'), bound: { atMost: 64 }, unit: kibibytes }, sizes),
  ];
}

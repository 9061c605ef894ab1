/** A desk and a gateway for hours: what grows, and whether it is what should. */
import { readMemory, slope } from '../support/fault-bench/heap.ts';
import type { MemoryReading } from '../support/fault-bench/heap.ts';
import { journalRows } from '../support/fault-bench/journal-peek.ts';
import { SPEED } from '../support/fault-bench/play-bench.ts';
import { runSoak } from '../support/fault-bench/soak-day.ts';
import { openStage } from '../support/fault-bench/stage.ts';
import type { Stage } from '../support/fault-bench/stage.ts';
import { STORE } from '../support/fault-bench/webhooks.ts';

const HOUR_MS = 3_600_000;
/** Readings an hour, and how many hours belong to the beginning: caches fill, code is compiled. */
const READINGS = 6;
const WARM_UP_HOURS = 1;
const SLOPE_MOST_MB = 1;
/** Between one reading and the other sockets and timers come and go; more than this stays for good. */
const HANDLES_MOST = 4;

interface Reading extends MemoryReading {
  readonly hour: number;
  readonly events: number;
  readonly journal: number;
  readonly reconnects: number;
}

/** @returns whether memory and handles stayed as they were */
export async function playSoak(hours: number, print: (line: string) => void): Promise<boolean> {
  const stage = await openStage('soak', 1 / SPEED, { apart: false, forgetful: true });
  const readings: Reading[] = [];
  try {
    if (!(await stage.clock.until(() => stage.truthful(), 30_000))) throw new Error('the stage did not come alive');
    print(
      '| hour | heap MB | external MB | rss MB | handles | timers | events at the gateway | rows in the journal | reconnects |',
    );
    print('|---|---|---|---|---|---|---|---|---|');
    const day = runSoak(stage);
    for (let n = 0; n <= hours * READINGS; n += 1) {
      if (n > 0) await new Promise((resolve) => setTimeout(resolve, HOUR_MS / SPEED / READINGS));
      const reading = read(stage, n / READINGS);
      readings.push(reading);
      if (n % READINGS === 0) print(row(reading));
    }
    await day.end();
    const truthful = await stage.clock.until(() => stage.truthful(), 30_000);
    return judge(readings, truthful, print);
  } finally {
    await stage.close();
  }
}

function read({ gateway, desk }: Stage, hour: number): Reading {
  const rows = gateway.gateway?.storage.reader.raw.prepare('select count(*) as n from events where store = ?');
  return {
    hour,
    ...readMemory(),
    events: Number(rows?.get(STORE)?.['n'] ?? 0),
    journal: journalRows(desk.journalFile),
    reconnects: desk.screen.state?.reconnects ?? 0,
  };
}

function handlesOf({ handles }: MemoryReading): number {
  return Object.entries(handles).reduce((sum, [kind, count]) => (kind === 'Timeout' ? sum : sum + count), 0);
}

function row(reading: Reading): string {
  const { hour, heapMb, externalMb, rssMb, handles, events, journal, reconnects } = reading;
  const megabytes = [heapMb, externalMb, rssMb].map((mb) => mb.toFixed(1));
  const counts = [handlesOf(reading), handles['Timeout'] ?? 0, events, journal, reconnects];
  return `| ${[hour, ...megabytes, ...counts].join(' | ')} |`;
}

function judge(readings: readonly Reading[], truthful: boolean, print: (line: string) => void): boolean {
  const warm = readings.filter(({ hour }) => hour >= WARM_UP_HOURS);
  const grows = slope(warm.map(({ hour, heapMb, externalMb }) => ({ x: hour, y: heapMb + externalMb })));
  const least = (from: readonly Reading[]): number => Math.min(...from.map(handlesOf));
  const [first, last] = [warm.slice(0, READINGS), warm.slice(-READINGS)];
  const more = least(last) - least(first);
  print('');
  print(`heap and external memory: ${grows.toFixed(2)} MB an hour (most ${SLOPE_MOST_MB})`);
  print(`handles, least of the first and of the last hour: ${least(first)} and ${least(last)}`);
  print(`the screen at the end ${truthful ? 'shows what the log says' : 'DOES NOT SHOW what the log says'}`);
  return truthful && grows <= SLOPE_MOST_MB && more <= HANDLES_MOST;
}

import { existsSync, openSync, closeSync, rmSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Random } from '../../../../demo/clock/random.ts';
import { failWrites } from '../failing-disk.ts';
import type { DiskTrouble } from '../failing-disk.ts';
import { nothing } from '../fault.ts';
import type { Drawn, Fault } from '../fault.ts';

const HOUR_MS = 3_600_000;
const PAGE_BYTES = 4_096;

/** The disk refuses while the desk runs; it may be restarted once there is room again. */
function refusing(random: Random, what: DiskTrouble): Drawn {
  const restarted = random.chance(0.5);
  return {
    detail: `${what} while the desk runs${restarted ? ', restarted later' : ''}`,
    begin: ({ desk }) => {
      const end = failWrites(desk.journalFile, what);
      return async () => {
        end();
        if (restarted) await desk.restart();
      };
    },
  };
}

/** Another process holds the journal while the desk starts. */
function locked(): Drawn {
  return {
    detail: 'locked by another process at the start',
    begin: async ({ desk }) => {
      const held: DatabaseSync[] = [];
      await desk.restart(() => {
        const holder = new DatabaseSync(desk.journalFile);
        holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
        held.push(holder);
      });
      return () => desk.restart(() => held.forEach((holder) => holder.close()));
    },
  };
}

const damages = {
  'no database at all': (file: string) => writeFileSync(file, 'this was a journal once'.repeat(400)),
  'cut in half': (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2)),
  'a page of zeros': (file: string, random: Random) => {
    const pages = Math.max(1, Math.floor(statSync(file).size / PAGE_BYTES) - 1);
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(PAGE_BYTES), 0, PAGE_BYTES, PAGE_BYTES * random.between(1, pages));
    closeSync(handle);
  },
} as const;

function corrupt(random: Random): Drawn {
  const how = random.pick(Object.keys(damages) as (keyof typeof damages)[]);
  return {
    detail: `${how}, found at the start`,
    begin: async ({ desk }) => {
      await desk.restart(() => {
        for (const part of ['-wal', '-shm']) rmSync(desk.journalFile + part, { force: true });
        if (existsSync(desk.journalFile)) damages[how](desk.journalFile, random);
      });
      return nothing;
    },
  };
}

/** A desk whose disk, process or clock lets it down. */
export const deskFaults: readonly Fault[] = [
  { number: 25, title: 'disk full', needs: ['journal'], draw: (random) => refusing(random, 'full') },
  { number: 26, title: 'corrupt journal', needs: ['journal'], draw: corrupt },
  {
    number: 27,
    title: 'locked or read-only journal',
    needs: ['journal'],
    draw: (random) => (random.chance(0.5) ? locked() : refusing(random, 'read-only')),
  },
  {
    number: 29,
    title: 'main killed in mid-commit',
    needs: ['journal'],
    draw: (random) => {
      const keep = random.next();
      return {
        detail: `${Math.round(keep * 100)} % of the write-ahead log written`,
        begin: async ({ desk }) => {
          await desk.kill(keep);
          return nothing;
        },
      };
    },
  },
  {
    number: 32,
    title: 'sleep 8 h',
    needs: ['way', 'desk-clock', 'gateway-clock'],
    draw: (random) => {
      const told = random.chance(0.5);
      const counted = random.chance(0.5);
      return {
        detail: `${told ? 'announced' : 'unannounced'}, monotonic clock ${counted ? 'went on' : 'stood still'}`,
        begin: ({ desk, time, history, proxy, gateway }) => {
          if (told) desk.signal('suspend');
          time.sleep();
          history.add({ type: 'asleep' });
          proxy.halfOpen();
          proxy.weather.blackHole = true;
          return () => {
            gateway.setClock(8 * HOUR_MS);
            proxy.weather.blackHole = false;
            time.wake(8 * HOUR_MS, counted);
            history.add({ type: 'awake' });
            if (told) desk.signal('resume');
          };
        },
      };
    },
  },
  {
    number: 33,
    title: 'clock ± 1 h',
    needs: ['desk-clock'],
    draw: (random) => {
      const by = random.pick([-HOUR_MS, HOUR_MS]);
      const back = random.chance(0.5);
      return {
        detail: `${by < 0 ? '−' : '+'}1 h${back ? ', and back' : ''}`,
        begin: ({ time }) => {
          time.set(by);
          return back ? () => time.set(-by) : nothing;
        },
      };
    },
  },
];

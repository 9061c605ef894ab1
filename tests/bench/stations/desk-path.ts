/** P1: what a desk does with events, over a real connection to a real gateway; with its journal or with none. */
import { GatewayClock } from '../../../main/desk/clock/gateway-clock.ts';
import { systemTime } from '../../../main/desk/clock/system-time.ts';
import { Attempt } from '../../../main/desk/connection/attempt.ts';
import type { AttemptListener } from '../../../main/desk/connection/attempt.ts';
import { StoreBook, emptyPicture } from '../../../main/desk/delivery/store-book.ts';
import type { Journal } from '../../../main/desk/journal/journal.ts';
import { SqliteJournal } from '../../../main/desk/journal/sqlite-journal.ts';
import { pairWithGateway } from '../../../main/desk/pairing/pair-with-gateway.ts';
import { timing } from '../../../main/desk/timing.ts';
import { STORE } from '../../support/fault-bench/webhooks.ts';

export interface CatchUp {
  readonly gateway: string;
  readonly code: string;
  readonly epoch: string;
  /** The gateway's newest. */
  readonly head: number;
  /** Where the journal is kept; null for none. */
  readonly journalDir: string | null;
}

export type DeskPath = {
  /** @returns events per second, from the connection to the last one applied */
  catchUp(input: CatchUp): Promise<number>;
};

const network = { resolveProxy: async () => null, certificates: () => [] };

export function createStation(): DeskPath {
  return { catchUp };
}

async function catchUp({ gateway, code, epoch, head, journalDir }: CatchUp): Promise<number> {
  const shared = { network, time: systemTime, timing: timing() };
  const pairing = await pairWithGateway({ gateway, code, name: 'Bench' }, shared);
  const empty = emptyPicture({ id: STORE, name: 'Main street' });
  const journal = journalDir === null ? noJournal() : sqliteJournal(journalDir);
  const listener = {
    now: () => Date.now(),
    changed: () => undefined,
    replaced: () => undefined,
    incomplete: () => undefined,
    unmatched: () => undefined,
  };
  const record = { ...empty.record, position: { epoch, seq: 0 } };
  const book = new StoreBook({ ...empty, record }, journal, listener);
  let begun = 0;
  await new Promise<void>((resolve, reject) => {
    const reports: AttemptListener = {
      ...nothing,
      connected: () => (begun = performance.now()),
      failed: (failure) => reject(new Error(JSON.stringify(failure))),
      applied: () => book.seq >= head && resolve(),
    };
    const clock = new GatewayClock(systemTime);
    const attempt = new Attempt({ ...shared, way: 'socket', pairing, books: [book], clock, version: 'bench' }, reports);
    void attempt.open();
  });
  return head / ((performance.now() - begun) / 1000);
}

const nothing = {
  answered: () => undefined,
  progress: () => undefined,
  heard: () => undefined,
  health: () => undefined,
  snapshotTaken: () => undefined,
  withdrawn: () => undefined,
  renamed: () => undefined,
};

function sqliteJournal(dataDir: string): Journal {
  const log = (): void => undefined;
  return new SqliteJournal({ dataDir, now: () => Date.now(), log, held: () => [], heldCommands: () => [] });
}

/** Keeps nothing. */
function noJournal(): Journal {
  const none = (): void => undefined;
  return {
    ...{ state: { state: 'ok' }, stores: () => [], record: none, replace: none, saveRecord: none, events: () => [] },
    ...{ trim: () => false, commands: () => [], saveCommand: none, trimCommands: none, forgetStore: none },
    ...{
      base: () => null,
      baseOrders: () => [],
      steps: () => [],
      lastArrived: () => null,
      replacements: () => [],
      quarantined: () => [],
    },
    ...{ phases: () => [], addPhase: none, trimPhases: none },
    ...{ note: () => null, setNote: none, clear: none, onState: () => none, close: none },
  };
}

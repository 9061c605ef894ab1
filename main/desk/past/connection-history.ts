import type { ConnectionState } from '../../../contract/connection-state.ts';
import { HISTORY_HOURS_MOST, SEGMENTS_MOST } from '../../../contract/history.ts';
import type { ConnectionSegment } from '../../../contract/history.ts';
import type { Journal, Phase } from '../journal/journal.ts';
import { fewer, phaseOf, segmentsOf } from './connection-phase.ts';

const HOUR_MS = 3_600_000;
/** Phases held; a connection that comes and goes every second fills this in a day. */
const PHASES_MOST = 20_000;
const ALIVE_AT = 'alive-at';

type Keeper = Pick<Journal, 'phases' | 'addPhase' | 'trimPhases' | 'note' | 'setNote'>;

/** How the connection went, kept across restarts. Times are device time. */
export class ConnectionHistory {
  #journal: Keeper | null = null;
  #phases: Phase[] = [];

  /** Takes up what was kept. An application that ended without a word was closed since it was last known to run. */
  open(journal: Keeper): void {
    this.#journal = journal;
    this.#phases = [...journal.phases()];
    const last = this.#phases.at(-1);
    if (!last || last.state === 'closed') return;
    const alive = Number(journal.note(ALIVE_AT) ?? Number.NaN);
    this.#add({ at: Number.isFinite(alive) ? Math.max(alive, last.at) : last.at, state: 'closed', transport: null });
  }

  observe(connection: ConnectionState, transport: Phase['transport'], at: number): void {
    const state = phaseOf(connection);
    const last = this.#phases.at(-1);
    const way = state === 'live' || state === 'fallback' ? transport : null;
    if (last?.state !== state || last.transport !== way) this.#add({ at, state, transport: way });
  }

  /** Says that the application runs still. */
  alive(at: number): void {
    this.#journal?.setNote(ALIVE_AT, String(at));
  }

  /** @returns the last hours without a hole, oldest first */
  segments(hours: number, now: number): ConnectionSegment[] {
    return fewer(segmentsOf(this.#phases, Math.max(0, now - hours * HOUR_MS), now), SEGMENTS_MOST);
  }

  trim(now: number): void {
    const beyond = this.#phases.at(-PHASES_MOST)?.at ?? 0;
    const before = Math.max(now - HISTORY_HOURS_MOST * HOUR_MS, beyond);
    const first = this.#phases.findLastIndex(({ at }) => at < before);
    if (first <= 0) return;
    this.#phases = this.#phases.slice(first);
    this.#journal?.trimPhases(before);
  }

  /** The journal was emptied: it is another gateway's from here on. */
  forget(): void {
    this.#phases = [];
  }

  #add(phase: Phase): void {
    this.#phases.push(phase);
    this.#journal?.addPhase(phase);
  }
}

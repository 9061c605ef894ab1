import type { DeskState, StoreView } from '../../contract/ipc.ts';
import type { GatewayClock } from './clock/gateway-clock.ts';
import type { SteadyClock } from './clock/steady-clock.ts';
import { publicState } from './connection/link.ts';
import type { Link } from './connection/link.ts';
import type { StoreBook } from './delivery/store-book.ts';
import type { JournalState } from './journal/journal.ts';
import type { Pairing } from './pairing/pairing.ts';

/** All that the screen's state is made of. */
export interface DeskFacts {
  readonly link: Link;
  /** Since when it is current, or is not, by `steady`. */
  readonly since: number;
  readonly pairing: Pairing | null;
  readonly gatewayVersion: string | null;
  readonly transport: DeskState['transport'];
  /** By `steady`. */
  readonly lastHeardAt: number | null;
  readonly reconnects: number;
  readonly clock: GatewayClock;
  readonly steady: SteadyClock;
  readonly journal: JournalState;
  readonly keyStorage: DeskState['keyStorage'];
  readonly books: Iterable<StoreBook>;
  readonly withdrawn: DeskState['withdrawn'];
  readonly commands: DeskState['commands'];
}

/** The one picture of how things stand, whole. */
export function deskState(facts: DeskFacts): DeskState {
  const { link, since, pairing, clock, steady, journal } = facts;
  const current = link.state === 'live';
  const stores = [...facts.books].map(storeView);
  return {
    connection: publicState(link, (moment) => steady.onTheWall(moment)),
    current,
    since: steady.onTheWall(since),
    asOf: current ? null : oldest(stores.map(({ asOf }) => asOf)),
    gateway: pairing && { url: pairing.gateway, version: facts.gatewayVersion },
    desk: pairing && { id: pairing.deskId, name: pairing.name, role: pairing.role },
    transport: facts.transport,
    lastHeardAt: facts.lastHeardAt === null ? null : steady.onTheWall(facts.lastHeardAt),
    roundTrips: [...clock.roundTrips],
    reconnects: facts.reconnects,
    clock: clock.reading(),
    journal,
    keyStorage: facts.keyStorage,
    stores,
    withdrawn: [...facts.withdrawn],
    commands: facts.commands,
  };
}

function storeView(book: StoreBook): StoreView {
  const { store, position, asOf, sources, quarantined } = book.record;
  const { seq, head, sourcesAt } = book;
  const epoch = position?.epoch ?? null;
  return { ...store, seq, head, epoch, asOf, sources: [...sources], sourcesAt, quarantined };
}

/** Together they are as old as the oldest of them; those that were never current hold nothing yet. */
function oldest(times: readonly (number | null)[]): number | null {
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : Math.min(...known);
}

import type { FreshnessBoard } from '../intake/freshness-board.ts';
import type { Observations } from '../observations.ts';
import type { Storage } from '../store/open-store.ts';
import { gauges } from './gauges.ts';
import { metricsText } from './metric-family.ts';
import type { Traffic } from './traffic.ts';

/** What a gateway holds beside what its other services tell of. */
export interface Holdings {
  readonly dataDir: string;
  /** Ids of the chains it watches. */
  readonly chains: readonly string[];
  readonly observations: Pick<Observations, 'chain'>;
  readonly desks: () => { readonly connected: number; readonly sockets: number; readonly polls: number };
}

export interface Figured {
  readonly version: string;
  readonly storage: Storage;
  readonly stores: ReadonlyMap<string, unknown>;
  readonly board: FreshnessBoard;
  readonly obstacles: () => readonly string[];
  readonly traffic: Traffic;
  readonly holdings: Holdings;
}

/** All figures at this moment, in Prometheus' text format. */
export async function figures({
  version,
  storage,
  board,
  obstacles,
  traffic,
  holdings,
  ...rest
}: Figured): Promise<string> {
  const stores = [...rest.stores.keys()];
  const { dataDir, chains, observations, desks } = holdings;
  const read = await gauges({
    ...{ version, dataDir, storage, stores, chains, observations },
    sources: board.states(stores),
    desks: desks(),
    obstacles: obstacles(),
  });
  return metricsText([...read, ...traffic.families()]);
}

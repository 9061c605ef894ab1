/** What is read when somebody asks for it: the log, orders, lines, desks, the disk. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { freshnessStates } from '../../contract/source-state.ts';
import type { SourceState } from '../../contract/source-state.ts';
import type { NodeStanding, Observations } from '../observations.ts';
import { countDeliveries } from '../store/deliveries.ts';
import { DATABASE_FILE } from '../store/open-store.ts';
import type { Storage } from '../store/open-store.ts';
import { countOrders } from '../store/order-queries.ts';
import type { Labels, MetricFamily } from './metric-family.ts';

export interface Gauged {
  readonly version: string;
  readonly dataDir: string;
  readonly storage: Storage;
  readonly stores: readonly string[];
  readonly sources: readonly SourceState[];
  readonly chains: readonly string[];
  readonly observations: Pick<Observations, 'chain'>;
  readonly desks: { readonly connected: number; readonly sockets: number; readonly polls: number };
  /** Why it is not ready; none when it is. */
  readonly obstacles: readonly string[];
}

export async function gauges(gauged: Gauged): Promise<MetricFamily[]> {
  const { storage } = gauged;
  return [
    ...processGauges(gauged),
    ...logGauges(gauged),
    gauge(
      'tillwatch_orders',
      'Orders, by store and status.',
      (await countOrders(storage.reader)).map(({ store, status, n }) => [{ store, status }, n]),
    ),
    gauge(
      'tillwatch_deliveries',
      'Raw deliveries that are kept, by state; quarantined ones could not be read.',
      [...(await countDeliveries(storage.reader))].map(([state, n]) => [{ state }, n]),
    ),
    ...lineGauges(gauged.sources),
    nodeGauge(gauged),
    ...deskGauges(gauged.desks),
  ];
}

type Sample = readonly [Labels, number];

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, help, type: 'gauge', samples: samples.map(([labels, value]) => ({ labels, value })) };
}

function processGauges({ version, dataDir, obstacles, storage }: Gauged): MetricFamily[] {
  return [
    gauge('tillwatch_info', 'The running version.', [[{ version }, 1]]),
    gauge('tillwatch_uptime_seconds', 'Since the process began.', [[{}, Math.round(process.uptime())]]),
    gauge('tillwatch_memory_bytes', 'Memory that the process holds.', [[{}, process.memoryUsage.rss()]]),
    gauge('tillwatch_ready', '1 while webhooks and desks are taken.', [[{}, obstacles.length === 0 ? 1 : 0]]),
    gauge('tillwatch_writable', '0 while the data can’t be written, as on a full disk.', [
      [{}, storage.writer.trouble === null ? 1 : 0],
    ]),
    gauge(
      'tillwatch_database_bytes',
      'What the data takes on the disk, by file: the database, and what waits to go into it.',
      [
        [{ file: 'database' }, sizeOf(join(dataDir, DATABASE_FILE))],
        [{ file: 'wal' }, sizeOf(join(dataDir, `${DATABASE_FILE}-wal`))],
      ],
    ),
  ];
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function logGauges({ stores, storage: { log } }: Gauged): MetricFamily[] {
  const heads = stores.map((store) => ({ store, ...log.head(store) }));
  return [
    gauge(
      'tillwatch_events_head',
      'Each store’s newest sequence number; a restore sets it back.',
      heads.map(({ store, seq }) => [{ store }, seq]),
    ),
    gauge(
      'tillwatch_events_floor',
      'Up to where each store’s log was trimmed.',
      heads.map(({ store, floor }) => [{ store }, floor]),
    ),
  ];
}

function lineGauges(lines: readonly SourceState[]): MetricFamily[] {
  const named = lines.map((line) => ({ ...line, labels: { source: line.id, kind: line.kind } }));
  return [
    gauge(
      'tillwatch_source_hearing',
      '1 while a source or chain is heard as expected.',
      named.map(({ labels, state }) => [labels, state === 'hearing' ? 1 : 0]),
    ),
    gauge(
      'tillwatch_source_state',
      '1 for the state that a source or chain is in: hearing, quiet, late or down.',
      named.flatMap(({ labels, state }) =>
        freshnessStates.map((each): Sample => [{ ...labels, state: each }, each === state ? 1 : 0]),
      ),
    ),
    gauge(
      'tillwatch_source_last_heard_timestamp_seconds',
      'When a source or chain was last heard, by the gateway’s clock.',
      named.flatMap(({ labels, lastHeardAt }): Sample[] =>
        lastHeardAt === null ? [] : [[labels, lastHeardAt / 1000]],
      ),
    ),
    gauge(
      'tillwatch_source_lag_seconds',
      'How old the newest of a source or chain was when it came.',
      named.flatMap(({ labels, lagMs }): Sample[] => (lagMs === null ? [] : [[labels, lagMs / 1000]])),
    ),
  ];
}

const standings: readonly NodeStanding['state'][] = ['ok', 'behind', 'down', 'disagrees'];

function nodeGauge({ chains, observations }: Gauged): MetricFamily {
  const samples = chains.flatMap((chain): Sample[] => {
    const nodes = observations.chain(chain)?.nodes ?? [];
    return standings.map((state) => [{ chain, state }, nodes.filter((node) => node.state === state).length]);
  });
  return gauge(
    'tillwatch_chain_nodes',
    'Nodes of each chain, by how they stand: ok, behind, down or disagrees.',
    samples,
  );
}

function deskGauges({ connected, sockets, polls }: Gauged['desks']): MetricFamily[] {
  return [
    gauge('tillwatch_desks_connected', 'Desks that hold a socket.', [[{}, connected]]),
    gauge('tillwatch_desk_sockets', 'Sockets that desks hold; two while one takes over from the other.', [
      [{}, sockets],
    ]),
    gauge('tillwatch_long_polls', 'Desks on the slower path that wait for news.', [[{}, polls]]),
  ];
}

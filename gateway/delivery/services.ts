/** What the gateway's doors open onto; made once by createGateway. */
import type { DirectOrderRequest, DirectOrderMapping } from '../sources/direct/direct-order.ts';
import type { DeskAuth } from '../auth/desk-auth.ts';
import type { CommandDesk } from '../commands/command-desk.ts';
import type { FreshnessBoard } from '../intake/freshness-board.ts';
import type { Intake } from '../intake/intake.ts';
import type { Clock } from '../ledger.ts';
import type { Holdings } from '../metrics/figures.ts';
import type { Traffic } from '../metrics/traffic.ts';
import type { Logger } from '../logger.ts';
import type { Source } from '../sources/source.ts';
import type { Storage } from '../store/open-store.ts';
import type { Tx } from '../store/writer.ts';
import type { Store } from '../../contract/protocol.ts';
import type { ClientAddress } from './client-address.ts';
import type { EventFeed } from './event-feed.ts';
import type { OpenPolls } from './open-polls.ts';
import type { Snapshots } from './snapshots.ts';

export type MapDirectOrder = (
  request: Pick<DirectOrderRequest, 'store' | 'sourceRef' | 'input' | 'now'>,
) => DirectOrderMapping;

export interface Services {
  readonly version: string;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Logger;
  readonly stores: ReadonlyMap<string, Store>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly auth: DeskAuth;
  readonly board: FreshnessBoard;
  readonly intake: Intake;
  readonly commands: CommandDesk;
  /** A transaction was named for an order of a store: unmatched money of it may now have a better candidate. */
  readonly named: (tx: Tx, store: string, txHash: string) => Promise<void>;
  readonly feed: EventFeed;
  readonly polls: OpenPolls;
  readonly snapshots: Snapshots;
  readonly addressOf: ClientAddress;
  readonly mapDirectOrder: MapDirectOrder;
  /** Why the gateway is not ready; none when it is. */
  readonly obstacles: () => readonly string[];
  readonly draining: () => boolean;
  /** What happens is counted here. */
  readonly traffic: Traffic;
  readonly holdings: Holdings;
}

import type { Order } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import { orderPaidBy } from '../anvil/chain-orders.ts';
import { MemoryLedger } from '../anvil/memory-ledger.ts';
import { Hearing, MemoryTrail, contextFor } from '../anvil/watcher-desk.ts';
import type { Family, Follows } from './families.ts';
import { World } from './world.ts';

const START = 1_700_000_000_000;
const NODES = 3;
const LOOK_MS = 1_000;
const SECOND_LOOK_BLOCKS = 24;

/** One order, followed through a world's history; time passes where the history says so. */
export class History {
  readonly world = new World(START, NODES);
  readonly ledger = new MemoryLedger(() => START + this.#steady);
  readonly #family: Family;
  readonly #trail = new MemoryTrail();
  readonly hearing = new Hearing();
  #steady = 0;
  #follower: Follows;

  static async begin(family: Family): Promise<History> {
    const history = new History(family);
    const times = { createdAt: START, expiresAt: START + 9e8, graceUntil: START + 9e8 };
    await history.ledger.place('o', orderPaidBy({ ...family.option, amount: '100000' }, times));
    return history;
  }

  private constructor(family: Family) {
    this.#family = family;
    this.#follower = this.#begun();
  }

  async order(): Promise<Order> {
    const order = await this.ledger.order('main', 'o');
    if (!order) throw new Error('there is no order');
    return order;
  }

  pass(ms: number): void {
    this.#steady += ms;
  }

  /** One look at the chain, at whatever nodes answer. */
  async look(): Promise<void> {
    this.pass(LOOK_MS);
    // Where no node answers, there is nothing to be seen.
    await this.#follower.recheck(await this.order()).catch(() => undefined);
  }

  async restart(): Promise<void> {
    await this.#follower.close();
    this.#follower = this.#begun();
  }

  /** Every node comes up, as many blocks follow as a second look needs, and as much time as anything takes to be found. */
  async settle(): Promise<void> {
    if (this.world.wereLogsLate) for (let n = 0; n < SECOND_LOOK_BLOCKS; n += 1) this.world.mine(() => false);
    this.world.areLogsLate = false;
    this.world.nodes.forEach((_, node) => this.world.show(node));
    for (let n = 0; n < 4; n += 1) await this.look();
    this.pass(120_000);
    for (let n = 0; n < 4; n += 1) await this.look();
  }

  /** Slots of which more than one transaction counts, though one alone can be in a chain. */
  async doubled(): Promise<string[]> {
    const counted = (await this.order()).payments.filter(counts);
    const hashes = Map.groupBy(counted, ({ signed }) => signed?.by ?? '');
    return [...hashes].flatMap(([slot, each]) => (new Set(each.map(({ txHash }) => txHash)).size > 1 ? [slot] : []));
  }

  async close(): Promise<void> {
    await this.#follower.close();
  }

  #begun(): Follows {
    const now = (): number => this.#steady;
    return this.#family.follow(this.world, contextFor(this.ledger, this.#trail, this.hearing), now);
  }
}

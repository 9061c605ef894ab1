import type { Order } from '../../../contract/order.ts';
import { counts } from '../../../contract/settlement.ts';
import { orderPaidBy } from '../anvil/chain-orders.ts';
import { MemoryLedger } from '../anvil/memory-ledger.ts';
import { Hearing, MemoryTrail, contextFor } from '../anvil/watcher-desk.ts';
import type { Family, Follows } from './families.ts';
import { World } from './world.ts';
import type { WorldTransaction } from './world.ts';

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
    // What a pool showed while its answers were odd is seen in its block at the latest.
    if (this.world.wasOdd) this.world.mine(() => true);
    if (this.world.wereLogsLate || this.world.wasOdd)
      for (let n = 0; n < SECOND_LOOK_BLOCKS; n += 1) this.world.mine(() => false);
    this.world.areLogsLate = false;
    this.world.odd.length = 0;
    this.world.nodes.forEach((_, node) => this.world.show(node));
    // The back-off of endpoints that failed has to be over, too.
    for (let n = 0; n < 8; n += 1) await this.look();
    this.pass(120_000);
    for (let n = 0; n < 4; n += 1) await this.look();
  }

  /** What cannot be, whatever a node showed: rivals that count together, failures and replacements that never were. */
  async lies(): Promise<string[]> {
    const { payments } = await this.order();
    const counted = Map.groupBy(payments.filter(counts), ({ txHash }) => this.#sent(txHash).slot);
    const doubled = [...counted].filter(([, each]) => new Set(each.map(({ txHash }) => txHash)).size > 1);
    const failed = payments.filter(
      ({ state, txHash }) => state === 'reverted' && this.#sent(txHash).payload !== 'fails',
    );
    const replaced = payments.filter(({ state, txHash }) => state === 'replaced' && !this.#hasRival(txHash));
    return [
      ...doubled.map(([slot]) => `slot ${slot} counts twice`),
      ...failed.map(({ id }) => `${id} did not fail`),
      ...replaced.map(({ id }) => `${id} has no rival`),
    ];
  }

  #sent(txHash: string | null): WorldTransaction {
    const found = this.world.sent.find(({ id }) => this.#family.hash(id) === txHash);
    if (!found) throw new Error(`nobody sent ${txHash}`);
    return found;
  }

  #hasRival(txHash: string | null): boolean {
    const { id, slot } = this.#sent(txHash);
    return this.world.sent.some((each) => each.slot === slot && each.id !== id);
  }

  async close(): Promise<void> {
    await this.#follower.close();
  }

  #begun(): Follows {
    const now = (): number => this.#steady;
    return this.#family.follow(this.world, contextFor(this.ledger, this.#trail, this.hearing), now);
  }
}

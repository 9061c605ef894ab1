/** Which order an address or a transaction belongs to. */
import { DIRECT_SOURCE } from '../../../contract/order.ts';
import type { Order, Payment } from '../../../contract/order.ts';

/** How a chain writes addresses and hashes. */
export interface ChainForm {
  /** CAIP-2 id. */
  readonly chain: string;
  /** Every chain on which the same addresses are the same persons' ends with this star: `eip155:*`; else the chain. */
  readonly kin: string;
  /** The one form of an address under which it is found in a block; null for what is no address of the chain. */
  readonly keyOf: (address: string) => string | null;
  readonly isHash: (text: string) => boolean;
  /** Blocks and the shop's clock disagree by less than this; money older than its order by more is somebody else's. */
  readonly clockSlackMs: number;
}

export interface TrackedPayment {
  readonly order: Order;
  readonly payment: Payment;
}

export interface NamedHash {
  readonly order: Order;
  readonly txHash: string;
}

export interface WatchList {
  /** True for the key of an address that a node is the witness for. */
  has(key: string): boolean;
  /**
   * True where one order of a processor's names the address, and no other: the node is a second witness there, and money
   * that is not the order's is for the processor to explain.
   */
  isProcessors(key: string): boolean;
  /** The keys of all those addresses. */
  keys(): readonly string[];
  /** How many addresses there are. */
  readonly size: number;
  /** How the address of a key is written. */
  addressOf(key: string): string | undefined;
  /** Payments that name a transaction of this chain. */
  readonly payments: readonly TrackedPayment[];
  /** Transactions that customers named and that are no payment of their orders yet, in lower case. */
  readonly named: readonly NamedHash[];
  /**
   * The order that money to an address is for: the one that holds the payment already, else the newest that existed and
   * asked for money on this chain, else on one of its kin.
   * @param at the block's time, epoch milliseconds; null for money in the pool
   */
  payee(key: string, paymentId: string, at: number | null): Order | undefined;
}

export function belongsTo(kin: string, chain: string | null): boolean {
  if (chain === null) return false;
  return kin.endsWith('*') ? chain.startsWith(kin.slice(0, -1)) : chain === kin;
}

interface Place {
  readonly order: Order;
  /** False where the order asked for money on a kindred chain only. */
  readonly own: boolean;
}

function isDirect({ source }: Order): boolean {
  return source === DIRECT_SOURCE;
}

/** Kept up order by order, because there are many and few of them change with a block. */
export class OrderWatchList implements WatchList {
  readonly #form: ChainForm;
  readonly #orders = new Map<string, Order>();
  readonly #places = new Map<string, Place[]>();
  readonly #addresses = new Map<string, string>();
  readonly #tracked = new Map<string, readonly TrackedPayment[]>();
  readonly #named = new Map<string, readonly NamedHash[]>();
  #further: ReadonlyMap<string, string> = new Map();
  #payments: readonly TrackedPayment[] | undefined;

  constructor(form: ChainForm, orders: Iterable<Order> = []) {
    this.#form = form;
    for (const order of orders) this.put(order);
  }

  get orders(): ReadonlyMap<string, Order> {
    return this.#orders;
  }

  get size(): number {
    return this.#places.size + this.#further.size;
  }

  get payments(): readonly TrackedPayment[] {
    return (this.#payments ??= [...this.#tracked.values()].flat());
  }

  get named(): readonly NamedHash[] {
    return [...this.#named.values()].flat();
  }

  has(key: string): boolean {
    const places = this.#places.get(key) ?? [];
    // Processors may give one address to several orders: whose money it is only they know then.
    return this.#further.has(key) || places.length === 1 || places.some(({ order }) => isDirect(order));
  }

  isProcessors(key: string): boolean {
    const [only, other] = this.#places.get(key) ?? [];
    return only !== undefined && !other && !isDirect(only.order) && !this.#further.has(key);
  }

  keys(): readonly string[] {
    return [...this.#places.keys(), ...this.#further.keys()];
  }

  addressOf(key: string): string | undefined {
    return this.#addresses.get(key) ?? this.#further.get(key);
  }

  payee(key: string, paymentId: string, at: number | null): Order | undefined {
    const all = this.#places.get(key) ?? [];
    const direct = all.filter(({ order }) => isDirect(order));
    const places = direct.length > 0 || all.length > 1 ? direct : all;
    const early = at === null ? Infinity : at + this.#form.clockSlackMs;
    const holder = places.find(({ order }) => order.payments.some(({ id }) => id === paymentId));
    return (holder ?? places.find(({ order }) => order.createdAt <= early))?.order;
  }

  put(order: Order): void {
    this.remove(order.id);
    this.#named.delete(order.id);
    this.#orders.set(order.id, order);
    for (const [key, { address, own }] of this.#placesOf(order)) {
      const others = this.#places.get(key) ?? [];
      this.#places.set(key, [...others, { order, own }].sort(byClaim));
      this.#addresses.set(key, address);
    }
    const named = namedHashes(order, this.#form);
    if (named.length > 0) this.#named.set(order.id, named);
    const form = this.#form;
    const tracked = order.payments.filter(
      (payment) => payment.chain === form.chain && form.isHash(payment.txHash ?? '') && !isShown(order, payment),
    );
    if (tracked.length === 0) return;
    this.#tracked.set(
      order.id,
      tracked.map((payment) => ({ order, payment })),
    );
    this.#payments = undefined;
  }

  /** Of an order whose addresses are not watched, only what a customer named. */
  putNamed(order: Order): void {
    this.#named.set(order.id, namedHashes(order, this.#form));
  }

  remove(id: string): void {
    const order = this.#orders.get(id);
    if (!order) return;
    this.#orders.delete(id);
    if (this.#tracked.delete(id)) this.#payments = undefined;
    this.#named.delete(id);
    for (const key of this.#placesOf(order).keys()) {
      const left = (this.#places.get(key) ?? []).filter((place) => place.order.id !== id);
      if (left.length > 0) this.#places.set(key, left);
      else if (this.#places.delete(key)) this.#addresses.delete(key);
    }
  }

  /** Addresses beside those of orders. */
  setFurther(addresses: Iterable<string>): void {
    const keyed = [...addresses].flatMap((address): [string, string][] => {
      const key = this.#form.keyOf(address);
      return key === null || this.#places.has(key) ? [] : [[key, address]];
    });
    this.#further = new Map(keyed);
  }

  #placesOf(order: Order): Map<string, { address: string; own: boolean }> {
    const places = new Map<string, { address: string; own: boolean }>();
    // A processor's address is its customer's on the chain it named alone.
    const kin = isDirect(order) ? this.#form.kin : this.#form.chain;
    for (const { chain, address } of order.pay) {
      const key = address !== null && belongsTo(kin, chain) ? this.#form.keyOf(address) : null;
      if (key === null || address === null) continue;
      const own = chain === this.#form.chain || places.get(key)?.own === true;
      places.set(key, { address, own });
    }
    return places;
  }
}

/** A processor's entry for a transaction of which a node shows what it paid: the node's own entry is counted on. */
function isShown({ payments }: Order, { witness, txHash, symbol }: Payment): boolean {
  return (
    witness === 'processor' &&
    payments.some(
      (each) =>
        each.witness === 'node' && each.symbol === symbol && each.txHash?.toLowerCase() === txHash?.toLowerCase(),
    )
  );
}

function namedHashes(order: Order, { chain, isHash }: Pick<ChainForm, 'chain' | 'isHash'>): NamedHash[] {
  const paid = new Set(order.payments.map(({ txHash }) => txHash?.toLowerCase()));
  return (order.namedTransactions ?? []).flatMap((named) => {
    const txHash = named.txHash.toLowerCase();
    const isOurs = (named.chain ?? chain) === chain && isHash(txHash) && !paid.has(txHash);
    return isOurs ? [{ order, txHash }] : [];
  });
}

function byClaim(a: Place, b: Place): number {
  return Number(b.own) - Number(a.own) || b.order.createdAt - a.order.createdAt;
}

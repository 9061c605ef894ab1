import type { DeskState, Moment } from '../../contract/ipc.ts';
import { needsEyes } from '../../contract/needs-eyes.ts';
import type { Order } from '../../contract/order.ts';
import type { Desk, Push } from '../desk/desk.ts';
import { alertsOf } from './alerts.ts';
import type { Alert } from './alerts.ts';
import { shellView } from './shell-view.ts';
import type { ShellView } from './shell-view.ts';
import type { ShellWords } from './english-shell-words.ts';

export interface ShellListener {
  onView(view: ShellView): void;
  onAlert(alert: Alert): void;
}

/** Follows the desk for tray, badge and notifications; keeps only which orders need eyes. */
export class ShellWatch {
  readonly #listener: ShellListener;
  readonly #words: () => ShellWords;
  readonly #eyes = new Map<string, Set<string>>();
  /** Stores whose picture has come whole: what it held is no news. */
  readonly #known = new Set<string>();
  #state: DeskState | null = null;
  #shown = '';

  /** @param words in the language of the moment */
  constructor(listener: ShellListener, words: () => ShellWords) {
    this.#listener = listener;
    this.#words = words;
  }

  /** @returns a function that ends it */
  follow(desk: Pick<Desk, 'attach'>): () => void {
    return desk.attach((push) => this.take(push));
  }

  take(push: Push): void {
    switch (push.name) {
      case 'desk.state':
        this.#state = push.payload;
        this.#forgetOtherStores(push.payload);
        break;
      case 'desk.orders':
        this.#tell([], this.#takeOrders(push.payload));
        break;
      case 'desk.moments':
        this.#tell(push.payload.moments, []);
        break;
      case 'desk.unmatched':
      case 'desk.notice':
      case 'desk.doctor':
        return;
      default:
        push satisfies never;
    }
    this.show();
  }

  #takeOrders({ store, reset, complete, orders, removed }: Extract<Push, { name: 'desk.orders' }>['payload']): Order[] {
    const before = this.#eyes.get(store) ?? new Set<string>();
    if (reset) this.#known.delete(store);
    const eyes = reset ? new Set<string>() : before;
    const fresh: Order[] = [];
    for (const order of orders) {
      if (!needsEyes(order)) eyes.delete(order.id);
      else {
        if (!eyes.has(order.id) && this.#known.has(store)) fresh.push(order);
        eyes.add(order.id);
      }
    }
    for (const id of removed) eyes.delete(id);
    this.#eyes.set(store, eyes);
    if (complete) this.#known.add(store);
    return fresh;
  }

  #forgetOtherStores({ stores }: DeskState): void {
    const ids = new Set(stores.map(({ id }) => id));
    for (const store of this.#eyes.keys()) {
      if (ids.has(store)) continue;
      this.#eyes.delete(store);
      this.#known.delete(store);
    }
  }

  #tell(moments: readonly Moment[], eyes: readonly Order[]): void {
    for (const alert of alertsOf({ moments, eyes }, this.#words().alert)) this.#listener.onAlert(alert);
  }

  /** Tells how things stand, where that is not what was told last. */
  show(): void {
    const count = [...this.#eyes.values()].reduce((sum, { size }) => sum + size, 0);
    const view = shellView(this.#state, count, this.#words());
    const shown = `${view.level} ${view.words}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#listener.onView(view);
  }
}

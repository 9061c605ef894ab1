import type { PairedGateway } from '../../../contract/gateways.ts';
import type { DeskState, RequestInput, RequestOutput } from '../../../contract/ipc.ts';
import { DeskError } from '../../desk/desk.ts';
import type { Desk, DeskRequestName, DeskSignal, Push } from '../../desk/desk.ts';
import { GatewayShelf } from './gateway-shelf.ts';
import type { OpenPlace, ShelfOptions } from './gateway-shelf.ts';

/** The gateways of a profile, of which one is shown. */
export interface GatewayChoice {
  list(): Promise<PairedGateway[]>;
  /** Pairs with one more and shows it. @returns its id @throws DeskError; all then stays as it was */
  add(input: RequestInput<'gateways.add'>): Promise<string>;
  /** @throws DeskError `unknown-gateway` */
  switchTo(id: string): Promise<void>;
  /** @throws DeskError `unknown-gateway` */
  forget(id: string): Promise<void>;
}

/** A desk whose gateway can be another one from one moment to the next. */
export interface ProfileDesk extends Desk {
  readonly gateways: GatewayChoice;
}

export function createProfileDesk(options: ShelfOptions): ProfileDesk {
  return new SwitchingDesk(options);
}

interface Attached {
  readonly send: (push: Push) => void;
  state: DeskState | null;
  detach: () => void;
}

/**
 * The desk of a profile: always one desk at work, whichever gateway is shown. Renderers stay attached while it changes:
 * each is told at once that what it showed is void, and then the new picture.
 */
class SwitchingDesk implements ProfileDesk {
  readonly #shelf: GatewayShelf;
  readonly #attached = new Set<Attached>();
  #open: OpenPlace | null = null;
  /** Opened, and not shown yet. */
  #next: OpenPlace | null = null;
  #started: Promise<void> | null = null;
  /** What changes which gateway is shown happens one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #closed = false;

  readonly gateways: GatewayChoice = {
    list: async () => this.#shelf.list((await this.#current()).id),
    add: (input) => this.#inTurn(() => this.#add(input)),
    switchTo: (id) => this.#inTurn(() => this.#switchTo(id)),
    forget: (id) => this.#inTurn(() => this.#forget(id)),
  };

  constructor(options: ShelfOptions) {
    this.#shelf = new GatewayShelf(options);
  }

  start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async handle<R extends Exclude<DeskRequestName, 'desk.attach'>>(
    name: R,
    input: RequestInput<R>,
  ): Promise<RequestOutput<R>> {
    if (name === 'pairing.pair' || name === 'pairing.forget')
      return this.#inTurn(async () => (await this.#current()).desk.handle(name, input));
    return (await this.#current()).desk.handle(name, input);
  }

  attach(send: (push: Push) => void): () => void {
    const attached: Attached = { send, state: null, detach: () => undefined };
    this.#attached.add(attached);
    this.#connect(attached);
    return () => {
      this.#attached.delete(attached);
      attached.detach();
    };
  }

  signal(signal: DeskSignal): void {
    this.#open?.desk.signal(signal);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#started?.catch(() => undefined);
    // What is being added or switched to finds its desk closed, and ends by itself: a gateway may let it wait for long.
    await Promise.all([this.#open?.desk.close(), this.#next?.desk.close()]);
  }

  async #begin(): Promise<void> {
    this.#open = await this.#shelf.open(await this.#shelf.first());
    for (const attached of this.#attached) this.#connect(attached);
  }

  async #current(): Promise<OpenPlace> {
    await this.start();
    if (!this.#open || this.#closed) throw closing();
    return this.#open;
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(async () => {
      await this.#current();
      return run();
    });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #add(input: RequestInput<'gateways.add'>): Promise<string> {
    const shown = await this.#current();
    await this.#shelf.refuseTwice(input.gateway);
    if (!(await this.#shelf.isPaired(shown.id))) {
      await shown.desk.handle('pairing.pair', input);
      this.#shelf.choose(shown.id, null);
      return shown.id;
    }
    const added = await this.#openNext(await this.#shelf.free());
    try {
      await added.desk.handle('pairing.pair', input);
    } catch (error) {
      this.#next = null;
      await added.desk.close();
      await this.#shelf.empty(added.id);
      throw error;
    }
    await this.#show(added);
    return added.id;
  }

  async #switchTo(id: string): Promise<void> {
    const shown = await this.#current();
    await this.#shelf.known(id);
    if (id !== shown.id) await this.#show(await this.#openNext(id));
  }

  async #forget(id: string): Promise<void> {
    const shown = await this.#current();
    await this.#shelf.known(id);
    if (id !== shown.id) {
      await this.#shelf.empty(id);
      return;
    }
    await shown.desk.handle('pairing.forget', {});
    const next = await this.#shelf.latest(id);
    if (next === null) return;
    await this.#show(await this.#openNext(next));
    await this.#shelf.empty(id);
  }

  async #openNext(id: string): Promise<OpenPlace> {
    const next = await this.#shelf.open(id);
    this.#next = next;
    if (!this.#closed) return next;
    await next.desk.close();
    throw closing();
  }

  /** The new one is open before the old one closes, so that there is always one that answers. */
  async #show(next: OpenPlace): Promise<void> {
    if (this.#closed) throw closing();
    const before = this.#open;
    [this.#open, this.#next] = [next, null];
    this.#shelf.choose(next.id, before?.id ?? null);
    for (const attached of this.#attached) {
      attached.detach();
      const { state } = attached;
      if (state) attached.send({ name: 'desk.state', payload: betweenTwo(state) });
      this.#connect(attached);
    }
    await before?.desk.close();
  }

  #connect(attached: Attached): void {
    if (!this.#open) return;
    attached.detach = this.#open.desk.attach((push) => {
      if (push.name === 'desk.state') attached.state = push.payload;
      attached.send(push);
    });
  }
}

function closing(): DeskError {
  return new DeskError('closed', 'The application is closing.');
}

/** Nothing of one gateway may stand on the screen under the name of another, not for one frame. */
function betweenTwo(state: DeskState): DeskState {
  return {
    ...state,
    connection: { state: 'connecting', attempt: 0 },
    ...{ current: false, asOf: null, transport: null, lastHeardAt: null, roundTrips: [], reconnects: 0 },
    ...{ stores: [], withdrawn: [], commands: [] },
  };
}

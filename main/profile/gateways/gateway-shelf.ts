import { GATEWAYS_MOST } from '../../../contract/gateways.ts';
import type { PairedGateway } from '../../../contract/gateways.ts';
import { gatewayAddress } from '../../desk/connection/gateway-address.ts';
import { DeskError } from '../../desk/desk.ts';
import type { Desk, DeskOptions, SecretStore } from '../../desk/desk.ts';
import { loadPairing } from '../../desk/pairing/pairing.ts';
import type { Pairing } from '../../desk/pairing/pairing.ts';
import type { KeptFile } from '../kept-file.ts';
import { emptyPlace, freePlace, keyFileOf, openChoice, placeDir, placesOf } from './places.ts';
import type { Choice } from './places.ts';

export interface ShelfOptions {
  /** The profile's folder. */
  readonly profile: string;
  /** Keeps a key in this file, as well as the host can protect it [AU1]. */
  readonly secretsIn: (file: string) => Promise<SecretStore>;
  readonly createDesk: (parts: { readonly dataDir: string; readonly secrets: SecretStore }) => Desk;
  /** Device time. */
  readonly now: () => number;
  readonly log: DeskOptions['log'];
}

export interface OpenPlace {
  readonly id: string;
  readonly desk: Desk;
}

/** What a place holds: `locked` where its key is protected by something that cannot be reached now. */
type Held = Pairing | 'locked' | null;

/** The gateways a profile is paired with, each with its own key and journal. */
export class GatewayShelf {
  readonly #options: ShelfOptions;
  readonly #choice: KeptFile<Choice>;

  constructor(options: ShelfOptions) {
    this.#options = options;
    this.#choice = openChoice(options.profile, (error) =>
      options.log('warn', 'which gateway is shown is not kept', { error: String(error) }),
    );
  }

  /** @param shown id of the one on the screen */
  async list(shown: string): Promise<PairedGateway[]> {
    const until = this.#choice.read()?.shownUntil ?? {};
    const all = await this.#held();
    return all.flatMap(([id, held]) => {
      if (held === null || held === 'locked') return [];
      const { gateway: url, deskId, name, role, stores } = held;
      const shownUntil = id === shown ? null : (until[id] ?? null);
      const { host } = new URL(url);
      return [{ id, url, host, desk: { id: deskId, name, role }, stores, shown: id === shown, shownUntil }];
    });
  }

  /** Opens what is kept at a place, and connects where that is paired. */
  async open(id: string): Promise<OpenPlace> {
    const { profile, secretsIn, createDesk } = this.#options;
    const secrets = await secretsIn(keyFileOf(profile, id));
    const desk = createDesk({ dataDir: placeDir(profile, id), secrets });
    await desk.start();
    return { id, desk };
  }

  /** Which one a start shows: the one that was shown, else one that is paired. A locked key is no reason to leave it. */
  async first(): Promise<string> {
    const shown = this.#choice.read()?.shown;
    const held = new Map(await this.#held());
    if (shown !== undefined && held.get(shown)) return shown;
    return [...held].find(([, each]) => each !== null)?.[0] ?? freePlace(new Set());
  }

  /** The paired one that was on the screen last, but for `not`; null where there is none. */
  async latest(not: string): Promise<string | null> {
    const others = (await this.list(not)).filter(({ id }) => id !== not);
    others.sort((a, b) => (b.shownUntil ?? 0) - (a.shownUntil ?? 0));
    return others[0]?.id ?? null;
  }

  async isPaired(id: string): Promise<boolean> {
    return (await this.#heldAt(id)) !== null;
  }

  /** @throws DeskError `unknown-gateway` where nothing is paired under this id */
  async known(id: string): Promise<void> {
    const ids = await placesOf(this.#options.profile);
    if (ids.includes(id) && (await this.isPaired(id))) return;
    throw new DeskError('unknown-gateway', 'This device is not paired with that gateway. Add it again.');
  }

  /** @throws DeskError `already-paired`, and as gatewayAddress does */
  async refuseTwice(address: string): Promise<void> {
    const url = gatewayAddress(address);
    const all = await this.#held();
    if (all.some(([, held]) => held !== null && held !== 'locked' && held.gateway === url)) {
      const what = 'This device is paired with that gateway already. Show it, or forget it first and pair anew.';
      throw new DeskError('already-paired', what);
    }
  }

  /** @throws DeskError `too-many` */
  async free(): Promise<string> {
    const taken = (await this.#held()).filter(([, held]) => held !== null).map(([id]) => id);
    if (taken.length >= GATEWAYS_MOST)
      throw new DeskError('too-many', `A profile keeps ${GATEWAYS_MOST} gateways at most. Forget one first.`);
    return freePlace(new Set(taken));
  }

  /** Notes what is shown from now on. @param before what was until now */
  choose(id: string, before: string | null): void {
    const until = { ...this.#choice.read()?.shownUntil, ...(before !== null && { [before]: this.#options.now() }) };
    this.#choice.write({ shown: id, shownUntil: until });
  }

  /** Nothing of the place may be open. */
  async empty(id: string): Promise<void> {
    await emptyPlace(this.#options.profile, id);
    const choice = this.#choice.read();
    if (!choice) return;
    const { [id]: _, ...shownUntil } = choice.shownUntil;
    this.#choice.write({ ...choice, shownUntil });
  }

  async #held(): Promise<(readonly [id: string, held: Held])[]> {
    const ids = await placesOf(this.#options.profile);
    return Promise.all(ids.map(async (id) => [id, await this.#heldAt(id)] as const));
  }

  async #heldAt(id: string): Promise<Held> {
    const { profile, secretsIn } = this.#options;
    try {
      return await loadPairing(await secretsIn(keyFileOf(profile, id)));
    } catch {
      return 'locked';
    }
  }
}

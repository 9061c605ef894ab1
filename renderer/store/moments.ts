/** What new moments mean for the screen: a flash and a chime for each new money, or one line in the digest [FR3]. */
import type { Moment } from '../../contract/ipc.ts';
import { orderKey } from './order-key.ts';
import type { OrderKey } from './order-key.ts';

export type Sound = 'money' | 'alarm';

const money: ReadonlySet<string> = new Set(['payment.detected']);
const alarms: ReadonlySet<string> = new Set(['payment.reorged', 'payment.reverted', 'payment.dropped']);

export function soundOf(kind: string): Sound | null {
  if (money.has(kind)) return 'money';
  return alarms.has(kind) ? 'alarm' : null;
}

export interface Heard {
  /** Newest sequence number heard per store, so that a moment told again does nothing. */
  readonly last: ReadonlyMap<string, number>;
}

export interface Reaction {
  readonly heard: Heard;
  readonly flashes: readonly { readonly key: OrderKey; readonly moment: Moment; readonly sound: Sound }[];
  readonly missed: readonly Moment[];
  /** At most one for what is new; an alarm goes before money. */
  readonly sound: Sound | null;
  /** The same for what was missed, of which a whole absence makes one at most. */
  readonly missedSound: Sound | null;
}

export const nothingHeard: Heard = { last: new Map() };

/** What was missed never flashes: the digest tells of it, with one sound at most. */
export function reactTo(heard: Heard, moments: readonly Moment[]): Reaction {
  const last = new Map(heard.last);
  const fresh = moments.filter((moment) => {
    if (moment.seq <= (last.get(moment.store) ?? -1)) return false;
    last.set(moment.store, moment.seq);
    return true;
  });
  const flashes = fresh.flatMap((moment) => {
    const sound = moment.missed ? null : soundOf(moment.kind);
    return sound ? [{ key: orderKey({ store: moment.store, id: moment.order }), moment, sound }] : [];
  });
  const missed = fresh.filter((moment) => moment.missed);
  return {
    heard: { last },
    flashes,
    missed,
    sound: loudest(fresh.filter((moment) => !moment.missed)),
    missedSound: loudest(missed),
  };
}

function loudest(moments: readonly Moment[]): Sound | null {
  const sounds = moments.map(({ kind }) => soundOf(kind)).filter((sound) => sound !== null);
  return sounds.includes('alarm') ? 'alarm' : (sounds[0] ?? null);
}

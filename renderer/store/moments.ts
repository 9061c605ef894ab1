/** What new moments mean for the screen: a flash and a chime for each new money, or one line in the digest [FR3]. */
import type { Moment } from '../../contract/ipc.ts';
import type { Order } from '../../contract/order.ts';
import type { SoundKind } from '../../contract/settings.ts';
import { orderKey } from './order-key.ts';
import type { OrderKey } from './order-key.ts';

/** What a moment can sound; that the desk is not live any more is told by no moment. */
export type MomentSound = Exclude<SoundKind, 'lost'>;

/** Of several at once the first of these is heard. */
const byWeight = ['trouble', 'paid', 'money'] as const satisfies readonly MomentSound[];
const takenBack: ReadonlySet<string> = new Set(['payment.reorged', 'payment.reverted', 'payment.dropped']);

/**
 * New money, an order that is paid by it, or something a person has to look at. `order` is as it stands after the moment:
 * part of an amount that settles pays nothing yet, and only a verdict that says hold is trouble.
 */
export function soundOf(
  { kind }: Pick<Moment, 'kind'>,
  order: Pick<Order, 'status' | 'verdict'> | undefined,
): MomentSound | null {
  if (takenBack.has(kind)) return 'trouble';
  if (kind === 'verdict.changed') return order?.verdict === 'hold' ? 'trouble' : null;
  if (kind === 'payment.settled') return order?.status === 'paid' ? 'paid' : null;
  return kind === 'payment.detected' ? 'money' : null;
}

export interface Heard {
  /** Newest sequence number heard per store, so that a moment told again does nothing. */
  readonly last: ReadonlyMap<string, number>;
}

export interface Reaction {
  readonly heard: Heard;
  readonly flashes: readonly { readonly key: OrderKey; readonly moment: Moment; readonly sound: MomentSound }[];
  readonly missed: readonly Moment[];
  /** At most one for what is new; trouble goes before money. */
  readonly sound: MomentSound | null;
  /** The same for what was missed, of which a whole absence makes one at most. */
  readonly missedSound: MomentSound | null;
}

export const nothingHeard: Heard = { last: new Map() };

/**
 * What was missed never flashes: the digest tells of it, with one sound at most.
 * @param orderOf orders as they stand after the moments
 */
export function reactTo(
  heard: Heard,
  moments: readonly Moment[],
  orderOf: (key: OrderKey) => Pick<Order, 'status' | 'verdict'> | undefined,
): Reaction {
  const last = new Map(heard.last);
  const fresh = moments.filter((moment) => {
    if (moment.seq <= (last.get(moment.store) ?? -1)) return false;
    last.set(moment.store, moment.seq);
    return true;
  });
  const sounding = fresh.flatMap((moment) => {
    const key = orderKey({ store: moment.store, id: moment.order });
    const sound = soundOf(moment, orderOf(key));
    return sound ? [{ key, moment, sound }] : [];
  });
  const flashes = sounding.filter(({ moment }) => !moment.missed);
  return {
    heard: { last },
    flashes,
    missed: fresh.filter((moment) => moment.missed),
    sound: gravest(flashes),
    missedSound: gravest(sounding.filter(({ moment }) => moment.missed)),
  };
}

function gravest(sounding: readonly { readonly sound: MomentSound }[]): MomentSound | null {
  return byWeight.find((each) => sounding.some(({ sound }) => sound === each)) ?? null;
}

/** What screen readers are told of money: gathered, so that a busy hour is told and not chattered. Pure. */
import type { OrderKey } from '../../store/order-key.ts';
import type { MomentSound } from '../../store/moments.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';

/** Milliseconds between two announcements: about as long as it takes to hear one. */
export const ANNOUNCE_EVERY_MS = 5000;

interface Flash {
  readonly seq: number;
  readonly sound: MomentSound;
}

/** What is to be told: of each order the newest. */
export type Untold = ReadonlyMap<OrderKey, MomentSound>;
export const nothingUntold: Untold = new Map();

/** With what flashes now and did not before. */
export function withFresh(
  untold: Untold,
  flashes: ReadonlyMap<OrderKey, Flash>,
  before: ReadonlyMap<OrderKey, Flash>,
): Untold {
  const fresh = [...flashes].filter(([key, { seq }]) => before.get(key)?.seq !== seq);
  return fresh.length === 0 ? untold : new Map([...untold, ...fresh.map(([key, { sound }]) => [key, sound] as const)]);
}

const keys = { trouble: 'announce.trouble', paid: 'announce.paid', money: 'announce.money' } as const;

/** One sentence a kind, the gravest first. @param referenceOf as people know the order */
export function announcements(untold: Untold, referenceOf: (key: OrderKey) => string): Message[] {
  return (['trouble', 'paid', 'money'] as const).flatMap((kind) => {
    const orders = [...untold].filter(([, sound]) => sound === kind).map(([key]) => key);
    const [first] = orders;
    return first === undefined ? [] : [say(keys[kind], { count: orders.length, reference: referenceOf(first) })];
  });
}

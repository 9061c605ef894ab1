import type { Moment } from '../../contract/ipc.ts';
import type { Order } from '../../contract/order.ts';
import type { SoundKind } from '../../contract/settings.ts';
import type { ShellWords } from './english-shell-words.ts';

/** A notification of the system; a click shows its order, or the queue when it tells of several. */
export interface Alert {
  readonly title: string;
  readonly body: string;
  readonly order: { readonly store: string; readonly order: string } | null;
  /** The sound that goes with it, which a person may have switched off. */
  readonly sound: SoundKind;
}

/** What one batch of pushes brought that is worth an interruption. */
export interface News {
  readonly moments: readonly Moment[];
  /** Orders that need eyes now and did not before. */
  readonly eyes: readonly Order[];
}

/** More than this at once become one line. */
const singly = 3;

function newMoney(moments: readonly Moment[]): Moment[] {
  return moments.filter(({ kind, missed }) => kind === 'payment.detected' && !missed);
}

function each(
  title: string,
  sound: SoundKind,
  { store, order, reference }: Pick<Moment, 'store' | 'order' | 'reference'>,
): Alert {
  return { title, body: reference === '' ? order : reference, order: { store, order }, sound };
}

/** Neither names nor amounts: a notification is read by whoever passes a locked screen. */
export function alertsOf({ moments, eyes }: News, words: ShellWords['alert']): Alert[] {
  const held = eyes.map(({ store, id, reference }) =>
    each(words.needsEyes, 'trouble', { store, order: id, reference }),
  );
  const keys = new Set(eyes.map(({ store, id }) => `${store}/${id}`));
  // An order that needs eyes is told once, with the graver news.
  const money = newMoney(moments)
    .filter(({ store, order }) => !keys.has(`${store}/${order}`))
    .map((moment) => each(words.money, 'money', moment));
  return [
    ...gathered(held, words.manyNeedEyes(held.length), words.openToSee),
    ...gathered(money, words.muchMoney(money.length), words.openToSee),
  ];
}

function gathered(alerts: readonly Alert[], title: string, body: string): readonly Alert[] {
  const [first] = alerts;
  return alerts.length <= singly || !first ? alerts : [{ title, body, order: null, sound: first.sound }];
}

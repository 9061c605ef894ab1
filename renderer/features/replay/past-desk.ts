/** A desk as it was: the parts that every component reaches for, filled with a picture of the past. */
import { DeskStore } from '../../store/desk-store.ts';
import type { DeskModel } from '../../store/desk-store.ts';
import type { PastPicture } from './past-picture.ts';

/** @param now what the screen knows now, of which the past takes over store, role and settings */
export function pastDesk({ store, at, seq, orders }: PastPicture, now: DeskModel): DeskStore {
  const past = new DeskStore(() => at);
  const { desk, info, link, settings } = now;
  past.takeLink(link);
  past.takeSettings(settings);
  if (info) past.takeInfo(info);
  if (desk) {
    const stores = desk.stores.filter(({ id }) => id === store);
    past.takeState({ ...desk, stores, current: false, asOf: at, commands: [] });
  }
  past.takeOrders({ store, reset: true, complete: true, orders: [...orders], removed: [], seq });
  return past;
}

import type { PushName, PushPayload } from '../../contract/ipc.ts';
import type { Desk } from '../desk/desk.ts';
import type { SettingsStore } from '../profile/settings-file.ts';

/** One push to a page, whoever makes it. */
export type PagePush = { [P in PushName]: { name: P; payload: PushPayload<P> } }[PushName];

/** What a page is told. */
export interface PageNews {
  /** @returns a function that detaches the page */
  attach(send: (push: PagePush) => void): () => void;
}

/** The settings first, so that the desk's first picture is drawn as the person wants it. */
export function pageNews(desk: Pick<Desk, 'attach'>, settings: SettingsStore): PageNews {
  return {
    attach(send) {
      const end = settings.watch((payload) => send({ name: 'desk.settings', payload }));
      send({ name: 'desk.settings', payload: settings.read() });
      const detach = desk.attach(send);
      return () => {
        end();
        detach();
      };
    },
  };
}

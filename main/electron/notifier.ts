import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Alert } from './alerts.ts';
import type { NotificationManner } from './notification-manner.ts';

export interface NotifierPorts {
  /** Null where the system shows none. */
  readonly create: ((options: NotificationConstructorOptions) => Notification) | null;
  /** True while a person looks at a window of ours: the screen tells by itself. */
  readonly isWatched: () => boolean;
  /** How this one is to come now, by what the person has set. */
  readonly manner: (alert: Alert) => NotificationManner;
  readonly onClick: (alert: Alert) => void;
}

/**
 * Shown ones are kept, or they are collected with their listeners before anyone clicks; the oldest go. Windows tells that
 * one is closed when it moves into the notification centre, where it can still be clicked: that is no end.
 */
const most = 20;

/** Notifications of the system. @returns `close` takes those away that still stand */
export function createNotifier({ create, isWatched, manner, onClick }: NotifierPorts): {
  tell(alert: Alert): void;
  close(): void;
} {
  const standing = new Set<Notification>();
  const forget = (notification: Notification) => standing.delete(notification);
  return {
    tell(alert) {
      if (!create || isWatched()) return;
      const how = manner(alert);
      if (how === 'none') return;
      const notification = create({ title: alert.title, body: alert.body, silent: how === 'silent' });
      standing.add(notification);
      notification.on('click', () => {
        forget(notification);
        onClick(alert);
      });
      const [oldest] = standing;
      if (oldest && standing.size > most) forget(oldest);
      notification.show();
    },
    close() {
      for (const notification of [...standing]) notification.close();
      standing.clear();
    },
  };
}

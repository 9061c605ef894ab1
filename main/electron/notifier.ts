import type { Notification, NotificationConstructorOptions } from 'electron';
import type { Alert } from './alerts.ts';

export interface NotifierPorts {
  /** Null where the system shows none. */
  readonly create: ((options: NotificationConstructorOptions) => Notification) | null;
  /** True while a person looks at a window of ours: the screen tells by itself. */
  readonly isWatched: () => boolean;
  readonly onClick: (alert: Alert) => void;
}

/**
 * Shown ones are kept, or they are collected with their listeners before anyone clicks; the oldest go. Windows tells that
 * one is closed when it moves into the notification centre, where it can still be clicked: that is no end.
 */
const most = 20;

/** Notifications of the system. @returns `close` takes those away that still stand */
export function createNotifier({ create, isWatched, onClick }: NotifierPorts): {
  tell(alert: Alert): void;
  close(): void;
} {
  const standing = new Set<Notification>();
  const forget = (notification: Notification) => standing.delete(notification);
  return {
    tell(alert) {
      if (!create || isWatched()) return;
      // The page chimes by its own rules of quiet hours and volume.
      const notification = create({ title: alert.title, body: alert.body, silent: true });
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

import { useApp, useSettings } from '../../store/app-context.tsx';
import type { View } from '../../store/ui-store.ts';
import { useShortcuts } from './use-shortcuts.ts';

/** Keys of the whole application: to each view, mute, and a try of the connection. */
export function useShellKeys(): void {
  const { ui, link } = useApp();
  const [{ sounds }, change] = useSettings();
  const to = (view: View) => () => {
    ui.setState({ view });
    document.getElementById('content')?.focus();
  };
  useShortcuts({
    desk: to('desk'),
    insights: to('insights'),
    health: to('health'),
    settings: to('settings'),
    mute: () => change({ sounds: { ...sounds, on: !sounds.on } }),
    retry: () => {
      link.retry();
      // What cannot be asked now changes nothing: the band goes on telling what is tried and when.
      link.bridge.retryConnection({}).catch(() => undefined);
    },
  });
}

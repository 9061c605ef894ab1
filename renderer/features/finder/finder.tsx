import { useSyncExternalStore } from 'react';
import { useApp, useUi } from '../../store/app-context.tsx';
import { Late } from '../../ui/late.tsx';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { lateFinder } from './late-finder.ts';

/** Ctrl/⌘K from anywhere: did they pay, and every command and place. */
export function Finder() {
  const { ui } = useApp();
  const opened = useUi((model) => model.finder);
  const fetched = useSyncExternalStore(lateFinder.subscribe, () => lateFinder.read().kind === 'loaded');
  useShortcuts({ finder: () => ui.setState({ finder: true }) });
  return opened || fetched ? <Late part={lateFinder} given={{}} where="over" /> : null;
}

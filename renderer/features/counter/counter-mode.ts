import type { StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../../contract/settings.ts';
import type { UiModel } from '../../store/ui-store.ts';

type Change = (changes: Partial<Settings>) => void;

/** Turns this window into the counter's; the next start opens as it was left. Other windows stay as they are. */
export function enterCounter(ui: StoreApi<UiModel>, change: Change): void {
  ui.setState({ view: 'counter' });
  change({ counterMode: true });
}

export function leaveCounter(ui: StoreApi<UiModel>, change: Change): void {
  ui.setState({ view: 'desk' });
  change({ counterMode: false });
}

import type { TablerIcon } from '@tabler/icons-react';
import type { Findable } from './match-actions.ts';

/** A command or a place that the finder offers. */
export interface FinderAction extends Findable {
  readonly Icon: TablerIcon;
  /** Its key, as it is written on keyboards. */
  readonly shortcut?: string | null;
  readonly run: () => void;
}

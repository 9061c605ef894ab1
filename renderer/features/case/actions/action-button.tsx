import { Button, Tooltip } from '@mantine/core';
import {
  IconArrowForwardUp,
  IconChecks,
  IconGavel,
  IconHandOff,
  IconHandStop,
  IconNote,
  IconPackageExport,
  IconRefresh,
} from '@tabler/icons-react';
import { useStrings } from '../../../strings/strings-context.tsx';
import styles from './action-button.module.css';
import { actionLabel, blockedWords } from './action-words.ts';
import type { CaseAction } from './case-action.ts';

const icons = {
  release: IconPackageExport,
  claim: IconHandStop,
  unclaim: IconHandOff,
  'hand-over': IconArrowForwardUp,
  recheck: IconRefresh,
  note: IconNote,
  resolve: IconChecks,
  'override-verdict': IconGavel,
} as const;

export interface ActionButtonProps {
  readonly action: CaseAction;
  readonly onTake: (action: CaseAction) => void;
}

/** A button that cannot be pressed stays in reach of the keyboard, and says why. */
export function ActionButton({ action, onTake }: ActionButtonProps) {
  const { t } = useStrings();
  const Icon = icons[action.name];
  const why = action.blocked === null ? null : t(blockedWords[action.blocked]);
  const leads = action.name === 'release' && !action.against && action.blocked === null;
  const label = t(actionLabel[action.name]);
  return (
    <Tooltip
      withinPortal={false}
      label={why ?? ''}
      disabled={why === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        aria-disabled={why !== null}
        aria-label={why === null ? label : t('action.why', { action: label, why })}
        {...(why !== null && { 'data-disabled': true })}
        className={styles.action ?? ''}
        leftSection={<Icon size={15} aria-hidden />}
        size="compact-sm"
        variant={leads ? 'filled' : 'default'}
        onClick={() => {
          if (why === null) onTake(action);
        }}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

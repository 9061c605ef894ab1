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
import { ReasonedButton } from '../../../ui/reasoned-button.tsx';
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

export function ActionButton({ action, onTake }: ActionButtonProps) {
  const { t } = useStrings();
  const Icon = icons[action.name];
  const leads = action.name === 'release' && !action.against && action.blocked === null;
  return (
    <ReasonedButton
      label={t(actionLabel[action.name])}
      icon={<Icon size={15} aria-hidden />}
      why={action.blocked === null ? null : t(blockedWords[action.blocked])}
      className={styles.action}
      size="compact-sm"
      variant={leads ? 'filled' : 'default'}
      onPress={() => onTake(action)}
    />
  );
}

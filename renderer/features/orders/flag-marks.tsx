import {
  IconArrowBackUp,
  IconArrowDown,
  IconArrowUp,
  IconArrowsExchange,
  IconClockExclamation,
  IconCoinOff,
  IconCopy,
  IconEyeQuestion,
  IconGhost,
  IconGitBranch,
  IconLink,
  IconTrendingDown,
} from '@tabler/icons-react';
import type { Flag } from '../../../contract/order.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './flag-marks.module.css';

const looks = {
  underpaid: { tone: 'warn', Icon: IconArrowDown },
  overpaid: { tone: 'warn', Icon: IconArrowUp },
  late: { tone: 'warn', Icon: IconClockExclamation },
  multiple: { tone: 'quiet', Icon: IconCopy },
  'wrong-asset': { tone: 'bad', Icon: IconCoinOff },
  replaced: { tone: 'quiet', Icon: IconArrowsExchange },
  dropped: { tone: 'bad', Icon: IconGhost },
  reorged: { tone: 'bad', Icon: IconGitBranch },
  reverted: { tone: 'bad', Icon: IconArrowBackUp },
  'fee-too-low': { tone: 'warn', Icon: IconTrendingDown },
  'nonce-gap': { tone: 'warn', Icon: IconLink },
  'witness-conflict': { tone: 'bad', Icon: IconEyeQuestion },
} as const satisfies Record<Flag, { tone: Tone; Icon: typeof IconLink }>;

/** Flags as word, shape and colour. */
export function FlagMarks({ flags }: { flags: readonly Flag[] }) {
  const { t } = useStrings();
  if (flags.length === 0) return null;
  return (
    <span className={styles.flags}>
      {flags.map((flag) => {
        const { tone, Icon } = looks[flag];
        return (
          <Mark key={flag} tone={tone} icon={<Icon aria-hidden />}>
            {t(`flag.${flag}`)}
          </Mark>
        );
      })}
    </span>
  );
}

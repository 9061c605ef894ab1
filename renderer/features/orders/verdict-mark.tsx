import {
  IconCheck,
  IconClockPause,
  IconFlask,
  IconHandStop,
  IconHourglassEmpty,
  IconMinus,
  IconPackageExport,
} from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { verdictShown } from './verdict-shown.ts';

/** May the goods be handed over? Only ever RELEASE while that is known to be so now [FR4]. */
export function VerdictMark({ order, large = false }: { order: Order; large?: boolean }) {
  const { t, format } = useStrings();
  const asOf = useAsOf();
  const shown = verdictShown(order, asOf === null);
  switch (shown) {
    case 'release':
      return (
        <Mark
          tone="good"
          solid
          large={large}
          icon={<IconCheck stroke={3} aria-hidden />}
          title={t('verdict.releaseTitle')}
        >
          {t('verdict.release')}
        </Mark>
      );
    case 'was-release':
      return (
        <Mark tone="quiet" dashed large={large} icon={<IconClockPause aria-hidden />} title={t('verdict.wasTitle')}>
          {asOf ? t('verdict.releaseWas', { time: format.time(asOf) }) : t('verdict.releaseWasUnknown')}
        </Mark>
      );
    case 'wait':
      return (
        <Mark tone="quiet" large={large} icon={<IconHourglassEmpty aria-hidden />} title={t('verdict.waitTitle')}>
          {t('verdict.wait')}
        </Mark>
      );
    case 'hold':
      return (
        <Mark tone="bad" solid large={large} icon={<IconHandStop aria-hidden />} title={t('verdict.holdTitle')}>
          {t('verdict.hold')}
        </Mark>
      );
    case 'test':
      return (
        <Mark tone="odd" large={large} icon={<IconFlask aria-hidden />} title={t('verdict.testTitle')}>
          {t('verdict.test')}
        </Mark>
      );
    case 'released':
      return (
        <Mark tone="quiet" large={large} icon={<IconPackageExport aria-hidden />}>
          {t('verdict.released')}
        </Mark>
      );
    case 'none':
      return large ? (
        <Mark tone="quiet" large icon={<IconMinus aria-hidden />}>
          {t('verdict.none')}
        </Mark>
      ) : (
        <IconMinus size={14} role="img" aria-label={t('verdict.none')} color="var(--tw-soft)" />
      );
    default:
      return shown satisfies never;
  }
}

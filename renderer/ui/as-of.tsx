import { IconClockPause } from '@tabler/icons-react';
import { useAsOf } from '../store/use-standing.ts';
import { useStrings } from '../strings/strings-context.tsx';
import { Mark } from './mark.tsx';

/** Says in every view up to when its content was current, while it no longer is [FR2]. */
export function AsOf() {
  const { t, format } = useStrings();
  const asOf = useAsOf();
  if (asOf === null) return null;
  return (
    <Mark tone="warn" icon={<IconClockPause aria-hidden />}>
      {asOf === 0 ? t('time.asOfUnknown') : t('time.asOf', { time: format.time(asOf) })}
    </Mark>
  );
}

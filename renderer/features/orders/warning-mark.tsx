import { IconAlertTriangle } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import { unflaggedWarning } from './unflagged-warning.ts';

/** A warning of the diagnosis that has no flag. */
export function WarningMark({ order }: { order: Order }) {
  const { t } = useStrings();
  const code = unflaggedWarning(order);
  if (code === null) return null;
  return (
    <Mark tone="warn" icon={<IconAlertTriangle aria-hidden />} title={t(`finding.${code}.title`)}>
      {t(`finding.${code}.mark`)}
    </Mark>
  );
}

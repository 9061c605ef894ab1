import { IconArrowForwardUp, IconUser } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './case-holder.module.css';

/** Who is on the case, or to whom it was left; nothing while it is nobody's. */
export function CaseHolder({ order }: { order: Order }) {
  const { t, format } = useStrings();
  const own = useDesk((model) => model.desk?.desk?.id);
  const { claimedBy, handedTo } = order;
  if (claimedBy) {
    return (
      <p className={styles.holder}>
        <IconUser size={15} aria-hidden />
        {claimedBy.deskId === own ? t('case.mine') : t('case.onIt', { name: claimedBy.name })}
      </p>
    );
  }
  if (!handedTo) return null;
  const { name, by, at } = handedTo;
  const time = format.time(at);
  return (
    <p className={styles.holder} title={format.full(at)}>
      <IconArrowForwardUp size={15} aria-hidden />
      {by ? t('case.leftTo', { name, by: by.name, time }) : t('case.leftToUnsaid', { name, time })}
    </p>
  );
}

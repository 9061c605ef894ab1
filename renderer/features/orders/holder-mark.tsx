import { IconArrowForwardUp, IconUser } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useShallow } from 'zustand/react/shallow';
import { useDesk } from '../../store/app-context.tsx';
import { holderOf } from '../../store/case-holder.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';

/** Who is on the case, or to whom it was left, in a row; nothing while it is nobody's. */
export function HolderMark({ order }: { order: Order }) {
  const { t } = useStrings();
  const self = useDesk(useShallow((model) => model.desk?.desk ?? null));
  const holder = holderOf(order, self);
  if (!holder) return null;
  const { name, left, own } = holder;
  const Icon = left ? IconArrowForwardUp : IconUser;
  const title = own
    ? t(left ? 'holder.leftToYouTitle' : 'holder.youTitle')
    : t(left ? 'holder.leftToTitle' : 'holder.isOnTitle', { name });
  return (
    <Mark tone={own ? 'calm' : 'quiet'} dashed={left} icon={<Icon aria-hidden />} title={title}>
      {own ? t(left ? 'holder.leftToYou' : 'holder.you') : t(left ? 'holder.leftTo' : 'holder.isOn', { name })}
    </Mark>
  );
}

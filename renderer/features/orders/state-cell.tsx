import type { Order } from '../../../contract/order.ts';
import { useApp, useTick } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { ProgressRing } from '../../ui/progress-ring.tsx';
import { orderState } from './order-state.ts';
import styles from './state-cell.module.css';

/** Ring and figure of an order; counts by the shared beat and draws only when what it shows has changed. */
export function StateCell({ order }: { order: Order }) {
  const { tell } = useStrings();
  const { ticker } = useApp();
  useTick(({ now, approximate }) => {
    const { text, share, tone } = orderState(order, now, approximate);
    return `${tone} ${share} ${tell(text)}`;
  });
  const { now, approximate } = ticker.read();
  const { tone, shape, share, text, title } = orderState(order, now, approximate);
  return (
    <span className={styles.state} title={tell(title)}>
      <ProgressRing tone={tone} shape={shape} share={share} />
      <span>{tell(text)}</span>
    </span>
  );
}

import { IconCoins } from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useDesk, useTick } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { shortened } from '../../ui/copy-id.tsx';
import { orderLine } from '../orders/order-line.ts';
import { StateCell } from '../orders/state-cell.tsx';
import { VerdictMark } from '../orders/verdict-mark.tsx';
import styles from './finder.module.css';
import type { Answer, Why } from './rank-answers.ts';
import { useNewest } from './use-newest.ts';

/** Why it answers, with what was found there. */
function Reason({ why }: { why: Why | null }) {
  const { t, format } = useStrings();
  if (why === null) return null;
  const value = why.field === 'time' ? format.full(Date.parse(why.value)) : shortened(why.value);
  const field = t(`finder.field.${why.field}`);
  return <small className={styles.why}>{t(why.exact ? 'finder.whyExact' : 'finder.why', { field, value })}</small>;
}

function useStoreName(store: string): string | null {
  return useDesk(({ desk }) =>
    desk && desk.stores.length > 1 ? (desk.stores.find(({ id }) => id === store)?.name ?? store) : null,
  );
}

function OrderOption({ order, why }: { order: Order; why: Why | null }) {
  const strings = useStrings();
  const { format, tell } = strings;
  const store = useStoreName(order.store);
  const line = useTick(({ now }) => tell(orderLine(order, now, strings)));
  return (
    <span className={styles.order}>
      <StateCell order={order} />
      <span className={styles.what}>
        <span>
          <strong>{order.reference || order.sourceRef}</strong> {format.money(order.price.currency, order.price.amount)}{' '}
          · {line}
        </span>
        <span className={styles.beneath}>
          <Reason why={why} />
          {store === null ? null : <small>{store}</small>}
          <small>
            <Ago at={order.createdAt} />
          </small>
        </span>
      </span>
      <VerdictMark order={order} />
    </span>
  );
}

function MoneyOption({ payment: money, why }: { payment: UnmatchedPayment; why: Why | null }) {
  const { t, format } = useStrings();
  const { payment } = money;
  const store = useStoreName(money.store);
  return (
    <span className={styles.order}>
      <IconCoins size={18} aria-hidden />
      <span className={styles.what}>
        <span>
          <strong>{format.crypto(payment.amount, payment.decimals, payment.symbol)}</strong>{' '}
          {t(`finder.moneyState.${money.state}`)}
        </span>
        <span className={styles.beneath}>
          <Reason why={why} />
          {store === null ? null : <small>{store}</small>}
          <small>
            <Ago at={money.seenAt} />
          </small>
        </span>
      </span>
    </span>
  );
}

export function AnswerOption({ answer }: { answer: Answer }) {
  const newest = useNewest(answer);
  return newest.kind === 'order' ? (
    <OrderOption order={newest.order} why={newest.why} />
  ) : (
    <MoneyOption payment={newest.payment} why={newest.why} />
  );
}

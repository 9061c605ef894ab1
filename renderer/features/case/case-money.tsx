import { Fragment } from 'react';
import type { Order } from '../../../contract/order.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import styles from './case-money.module.css';

/** Price, what is due and what came, side by side, so that a difference is seen before it is read. */
export function CaseMoney({ order }: { order: Order }) {
  const { t, format } = useStrings();
  return (
    <section aria-label={t('case.money')}>
      <dl className={styles.money}>
        <div>
          <dt>{t('case.price')}</dt>
          <dd>{format.money(order.price.currency, order.price.amount)}</dd>
        </div>
        <div>
          <dt>{t('case.due')}</dt>
          <dd>
            {order.pay.length === 0 ? t('amount.unknown') : null}
            {order.pay.map(({ chain, asset, amount, decimals, symbol }, n) => (
              <Fragment key={`${chain ?? ''} ${asset}`}>
                {n > 0 ? <small>{t('case.dueOr')}</small> : null}
                <span>{format.cryptoExact(amount, decimals, symbol)}</span>
              </Fragment>
            ))}
          </dd>
        </div>
        <div>
          <dt>{t('case.received')}</dt>
          <dd>
            {order.received.length === 0 ? <span className={styles.none}>{t('case.receivedNothing')}</span> : null}
            {order.received.map(({ chain, asset, amount, decimals, symbol }) => (
              <span key={`${chain ?? ''} ${asset}`}>{format.cryptoExact(amount, decimals, symbol)}</span>
            ))}
          </dd>
        </div>
      </dl>
      {order.refunds.length > 0 ? (
        <ul className={styles.refunds} aria-label={t('case.refunds')}>
          {order.refunds.map(({ id, currency, amount, state }) => (
            <li key={id}>
              <span>{t('case.refunds')}</span>
              <strong>{format.money(currency, amount)}</strong>
              <Mark tone={state === 'completed' ? 'quiet' : 'odd'}>{t(`refund.${state}`)}</Mark>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

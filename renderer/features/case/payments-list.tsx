import type { Order, Payment, PaymentState } from '../../../contract/order.ts';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { ProgressRing } from '../../ui/progress-ring.tsx';
import type { RingShape } from '../../ui/progress-ring.tsx';
import { Section } from '../../ui/section.tsx';
import type { Tone } from '../../ui/tone.ts';
import { ExplorerLink } from './explorer-link.tsx';
import styles from './payments-list.module.css';

const looks: Readonly<Record<PaymentState, { tone: Tone; shape: RingShape }>> = {
  seen: { tone: 'calm', shape: 'dashed' },
  confirming: { tone: 'calm', shape: 'ring' },
  settled: { tone: 'good', shape: 'check' },
  replaced: { tone: 'quiet', shape: 'back' },
  dropped: { tone: 'bad', shape: 'cross' },
  reverted: { tone: 'bad', shape: 'cross' },
  reorged: { tone: 'bad', shape: 'back' },
};

function shareOf({ confirmations, required }: Payment): number {
  return required ? Math.min(1, (confirmations ?? 0) / required) : 1;
}

function Depth({ payment }: { payment: Payment }) {
  const { t } = useStrings();
  const { confirmations, required } = payment;
  if (confirmations === null) return null;
  return (
    <span>
      {required === null
        ? t('payment.confirmationsOnly', { count: confirmations })
        : t(confirmations > required ? 'payment.confirmationsMore' : 'payment.confirmations', {
            confirmations,
            required,
          })}
    </span>
  );
}

/** Where the payment stands on its chain, as ids that can be taken to an explorer. */
function ChainFacts({ payment }: { payment: Payment }) {
  const { t, format } = useStrings();
  const ids = [
    ['payment.hash', 'tx', payment.txHash],
    ['payment.replacedBy', 'tx', payment.replacedBy],
    ['payment.from', 'address', payment.from],
    ['payment.to', 'address', payment.to],
  ] as const;
  return (
    <dl className={styles.chain}>
      {ids.map(([key, page, id]) =>
        id ? (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              <CopyId value={id} what={t(key)} />
              <ExplorerLink chain={payment.chain} page={page} id={id} what={t(key)} />
            </dd>
          </div>
        ) : null,
      )}
      <div>
        <dt>{t('payment.chain')}</dt>
        <dd>
          <span title={payment.chain ?? undefined}>
            {payment.chain === null ? t('payment.chainUnknown') : chainName(payment.chain)}
          </span>
          {payment.block ? (
            <span title={payment.block.hash}>
              {t('payment.block', { number: format.number(payment.block.number) })}
            </span>
          ) : null}
        </dd>
      </div>
    </dl>
  );
}

function PaymentItem({ payment }: { payment: Payment }) {
  const { t, format } = useStrings();
  const { tone, shape } = looks[payment.state];
  return (
    <li className={styles.payment}>
      <div className={styles.head}>
        <ProgressRing tone={tone} shape={shape} share={shareOf(payment)} />
        <p>
          <strong>{format.cryptoExact(payment.amount, payment.decimals, payment.symbol)}</strong>
          <span>{t(`payment.state.${payment.state}`)}</span>
          <Depth payment={payment} />
        </p>
      </div>
      <p className={styles.witness}>
        {t(`payment.witness.${payment.witness}`)} · <Ago at={payment.seenAt} />
      </p>
      <ChainFacts payment={payment} />
    </li>
  );
}

export function PaymentsList({ order }: { order: Order }) {
  const { t } = useStrings();
  return (
    <Section title={t('case.payments')}>
      {order.payments.length === 0 ? <p className={styles.none}>{t('case.noPayments')}</p> : null}
      <ul className={styles.list}>
        {order.payments.map((payment) => (
          <PaymentItem key={payment.id} payment={payment} />
        ))}
      </ul>
    </Section>
  );
}

import { CloseButton } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isUndecided } from '../../../contract/unmatched.ts';
import type { UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { moneyKey, unmatchedShown } from '../../store/unmatched-book.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { AsOf } from '../../ui/as-of.tsx';
import { Fault } from '../../ui/fault.tsx';
import { Section } from '../../ui/section.tsx';
import { CommandStates } from '../case/actions/command-states.tsx';
import panel from '../case/case-panel.module.css';
import { AttachDialog } from './attach-dialog.tsx';
import { DismissDialog } from './dismiss-dialog.tsx';
import { decides, moneyBlocked, moneyCommands } from './money-action.ts';
import { MoneyCard } from './money-card.tsx';
import styles from './unmatched-panel.module.css';
import type { MoneyCommands } from './use-money-commands.ts';

/** What is being asked about a payment. */
type Asking =
  | { readonly what: 'attach'; readonly payment: UnmatchedPayment; readonly order: string | null }
  | { readonly what: 'dismiss'; readonly payment: UnmatchedPayment };

interface DialogsProps {
  readonly asking: Asking;
  readonly commands: MoneyCommands;
  readonly onClose: () => void;
}

function Dialogs({ asking, commands, onClose }: DialogsProps) {
  const { format } = useStrings();
  const { payment } = asking;
  const { amount, decimals, symbol } = payment.payment;
  const text = format.cryptoExact(amount, decimals, symbol);
  return asking.what === 'dismiss' ? (
    <DismissDialog amount={text} onClose={onClose} onGive={(reason) => commands.dismiss(payment, reason)} />
  ) : (
    <AttachDialog
      payment={payment}
      amount={text}
      meant={asking.order}
      onClose={onClose}
      onGive={(order) => commands.attach(payment, order)}
    />
  );
}

interface ListProps {
  readonly title: string;
  readonly payments: readonly UnmatchedPayment[];
  readonly commands: MoneyCommands;
  readonly onAsk: (asking: Asking) => void;
}

function MoneyList({ title, payments, commands, onAsk }: ListProps) {
  const desk = useDesk((model) => model.desk);
  const current = useAsOf() === null;
  const role = desk?.desk?.role ?? 'staff';
  return (
    <Section title={title}>
      <ul className={styles.list} aria-label={title}>
        {payments.map((payment) => (
          <MoneyCard
            key={moneyKey(payment)}
            payment={payment}
            decides={decides(role)}
            blocked={moneyBlocked(payment, current, commands.isSending(payment), desk?.commands ?? [])}
            onAttach={(each, order) => onAsk({ what: 'attach', payment: each, order })}
            onDismiss={(each) => onAsk({ what: 'dismiss', payment: each })}
          />
        ))}
      </ul>
    </Section>
  );
}

/** What is said before the list: what it is, who decides, and what became of what was decided. */
function Preface({ fault, open }: { fault: string | null; open: number }) {
  const { t, tell } = useStrings();
  const store = useUi((model) => model.filter.store);
  const commands = useDesk((model) => model.desk?.commands);
  const role = useDesk((model) => model.desk?.desk?.role ?? 'staff');
  const told = useMemo(() => moneyCommands(commands ?? [], store), [commands, store]);
  return (
    <div className={styles.preface}>
      <p className={styles.soft}>{t('money.explain')}</p>
      {decides(role) ? null : <p className={styles.soft}>{t('money.onlySupport')}</p>}
      {fault === null ? null : <Fault>{t('command.notSent', { reason: faultText(fault, tell) })}</Fault>}
      <CommandStates commands={told} />
      {open === 0 ? <p>{t('money.none')}</p> : null}
    </div>
  );
}

/** Unmatched money beside the queue. */
export function UnmatchedPanel({ commands }: { commands: MoneyCommands }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const book = useDesk((model) => model.unmatched);
  const store = useUi((model) => model.filter.store);
  const [asking, setAsking] = useState<Asking | null>(null);
  const heading = useRef<HTMLHeadingElement | null>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const shown = useMemo(() => unmatchedShown(book, store), [book, store]);
  const open = shown.filter(isUndecided);
  const decided = shown.filter((payment) => !isUndecided(payment));
  const list = { commands, onAsk: setAsking };
  return (
    <aside className={panel.panel} aria-label={t('money.title')}>
      <div className={panel.head}>
        <h2 ref={heading} tabIndex={-1}>
          {t('money.title')}
        </h2>
        <span className={panel.space} />
        <AsOf />
        <CloseButton aria-label={t('money.close')} onClick={() => ui.setState({ unmatched: false })} />
      </div>
      <div className={panel.body} tabIndex={0} role="region" aria-label={t('money.title')}>
        <Preface fault={commands.fault} open={open.length} />
        {open.length > 0 ? <MoneyList title={t('money.open')} payments={open} {...list} /> : null}
        {decided.length > 0 ? <MoneyList title={t('money.decided')} payments={decided} {...list} /> : null}
      </div>
      {asking === null ? null : <Dialogs asking={asking} commands={commands} onClose={() => setAsking(null)} />}
    </aside>
  );
}

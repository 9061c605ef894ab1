import { IconAlertTriangle, IconCircleCheck, IconCoins, IconHourglass, IconLoader2 } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { isUndecided } from '../../../contract/unmatched.ts';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { everything } from '../../store/order-filter.ts';
import type { StatusFilter } from '../../store/order-filter.ts';
import type { Tally } from '../../store/tally.ts';
import { unmatchedShown } from '../../store/unmatched-book.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './counters.module.css';
import { useTally } from './use-tally.ts';

interface CounterProps {
  readonly name: string;
  readonly count: number;
  readonly icon: ReactNode;
  readonly pressed: boolean;
  readonly onPress: () => void;
  readonly alert?: boolean;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
}

/** A figure that, pressed, shows what it counts; pressed again, everything. */
function Counter({ name, count, icon, pressed, onPress, alert, title, children }: CounterProps) {
  const { format } = useStrings();
  return (
    <button
      type="button"
      className={classNames(styles.counter, alert && count > 0 && styles.alert)}
      aria-pressed={pressed}
      title={title}
      onClick={onPress}
    >
      <span className={styles.name}>
        {icon}
        {name}
      </span>
      <span className={styles.figure}>
        <strong>{format.number(count)}</strong>
        {children}
      </span>
    </button>
  );
}

function StatusCounter({ status, ...figure }: { status: StatusFilter } & Omit<CounterProps, 'pressed' | 'onPress'>) {
  const { ui } = useApp();
  const pressed = useUi((model) => model.filter.status === status);
  const toggle = () =>
    ui.setState(({ filter }) => ({ filter: { ...filter, status: pressed ? everything.status : status } }));
  return <Counter {...figure} pressed={pressed} onPress={toggle} />;
}

/** Money that waits for a person; not there while there is none, nor lately was. */
function UnmatchedCounter() {
  const { t } = useStrings();
  const { ui } = useApp();
  const book = useDesk((model) => model.unmatched);
  const store = useUi((model) => model.filter.store);
  const shown = useUi((model) => model.unmatched && model.opened === null);
  const own = useMemo(() => unmatchedShown(book, store), [book, store]);
  if (own.length === 0 && !shown) return null;
  return (
    <Counter
      alert
      name={t('money.counter')}
      count={own.filter(isUndecided).length}
      icon={<IconCoins size={15} aria-hidden />}
      pressed={shown}
      onPress={() => ui.setState(shown ? { unmatched: false } : { unmatched: true, opened: null })}
    />
  );
}

function Taken({ taken }: Pick<Tally, 'taken'>) {
  const { t, format } = useStrings();
  const [first, ...others] = taken;
  if (!first) return null;
  const all = taken.map(({ currency, amount }) => format.money(currency, amount)).join(' · ');
  return (
    <span className={styles.taken} title={all}>
      {format.money(first.currency, first.amount)}
      {others.length > 0 ? <small>{t('counter.moreCurrencies', { count: others.length })}</small> : null}
    </span>
  );
}

export function Counters() {
  const { t } = useStrings();
  const tally = useTally();
  const store = useUi((model) => model.filter.store);
  const zone = useDesk(({ desk }) =>
    store === null && desk?.stores.length !== 1
      ? undefined
      : desk?.stores.find(({ id }) => store === null || id === store)?.timeZone,
  );
  const icon = { size: 15, 'aria-hidden': true } as const;
  return (
    <section className={styles.counters} aria-label={t('desk.counters')}>
      <StatusCounter
        status="waiting"
        name={t('counter.waiting')}
        count={tally.waiting}
        icon={<IconHourglass {...icon} />}
      />
      <StatusCounter
        status="confirming"
        name={t('counter.confirming')}
        count={tally.confirming}
        icon={<IconLoader2 {...icon} />}
      />
      <StatusCounter
        status="paid"
        title={zone === undefined ? undefined : t('counter.dayOf', { zone })}
        name={t('counter.paidToday')}
        count={tally.paidToday}
        icon={<IconCircleCheck {...icon} />}
      >
        <Taken taken={tally.taken} />
      </StatusCounter>
      <StatusCounter
        status="eyes"
        name={t('counter.needsEyes')}
        count={tally.needsEyes}
        icon={<IconAlertTriangle {...icon} />}
        alert
      />
      <UnmatchedCounter />
    </section>
  );
}

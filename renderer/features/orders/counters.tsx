import { IconAlertTriangle, IconCircleCheck, IconHourglass, IconLoader2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { everything } from '../../store/order-filter.ts';
import type { StatusFilter } from '../../store/order-filter.ts';
import type { Tally } from '../../store/tally.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './counters.module.css';
import { useTally } from './use-tally.ts';

interface CounterProps {
  readonly status: StatusFilter;
  readonly name: string;
  readonly count: number;
  readonly icon: ReactNode;
  readonly alert?: boolean;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
}

/** A figure that, pressed, shows what it counts; pressed again, everything. */
function Counter({ status, name, count, icon, alert, title, children }: CounterProps) {
  const { format } = useStrings();
  const { ui } = useApp();
  const pressed = useUi((model) => model.filter.status === status);
  const toggle = () =>
    ui.setState(({ filter }) => ({ filter: { ...filter, status: pressed ? everything.status : status } }));
  return (
    <button
      type="button"
      className={classNames(styles.counter, alert && count > 0 && styles.alert)}
      aria-pressed={pressed}
      title={title}
      onClick={toggle}
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
      <Counter status="waiting" name={t('counter.waiting')} count={tally.waiting} icon={<IconHourglass {...icon} />} />
      <Counter
        status="confirming"
        name={t('counter.confirming')}
        count={tally.confirming}
        icon={<IconLoader2 {...icon} />}
      />
      <Counter
        status="paid"
        title={zone === undefined ? undefined : t('counter.dayOf', { zone })}
        name={t('counter.paidToday')}
        count={tally.paidToday}
        icon={<IconCircleCheck {...icon} />}
      >
        <Taken taken={tally.taken} />
      </Counter>
      <Counter
        status="eyes"
        name={t('counter.needsEyes')}
        count={tally.needsEyes}
        icon={<IconAlertTriangle {...icon} />}
        alert
      />
    </section>
  );
}

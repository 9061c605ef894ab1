import {
  IconCash,
  IconCheck,
  IconClockPause,
  IconFlask,
  IconHandStop,
  IconHourglassEmpty,
  IconMinus,
  IconPackageExport,
} from '@tabler/icons-react';
import type { Order } from '../../../contract/order.ts';
import { useApp, useTick } from '../../store/app-context.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ProgressRing } from '../../ui/progress-ring.tsx';
import { orderLine } from '../orders/order-line.ts';
import { orderState } from '../orders/order-state.ts';
import { verdictShown } from '../orders/verdict-shown.ts';
import type { VerdictShown } from '../orders/verdict-shown.ts';
import styles from './counter-card.module.css';
import type { CounterOrder } from './counter-orders.ts';

/** May I hand it over: a word, a shape and a ground each, told apart from two metres and without colour. */
const looks = {
  release: { style: 'release', word: 'counterMode.release', Icon: IconCheck },
  'was-release': { style: 'stale', word: 'counterMode.wasRelease', Icon: IconClockPause },
  wait: { style: 'wait', word: 'counterMode.wait', Icon: IconHourglassEmpty },
  hold: { style: 'hold', word: 'counterMode.hold', Icon: IconHandStop },
  test: { style: 'test', word: 'counterMode.test', Icon: IconFlask },
  released: { style: 'wait', word: 'counterMode.released', Icon: IconPackageExport },
  none: { style: 'wait', word: 'counterMode.nothing', Icon: IconMinus },
} as const satisfies Record<VerdictShown, unknown>;

function Verdict({ order }: { order: Order }) {
  const { t } = useStrings();
  const current = useAsOf() === null;
  const { style, word, Icon } = looks[verdictShown(order, current)];
  return (
    <p className={classNames(styles.verdict, styles[style])}>
      <Icon size={38} stroke={2.6} aria-hidden />
      <strong>{t(word)}</strong>
    </p>
  );
}

function State({ order }: { order: Order }) {
  const strings = useStrings();
  const { ticker } = useApp();
  const { tell } = strings;
  useTick(({ now, approximate }) => {
    const { text, share } = orderState(order, now, approximate);
    return `${share} ${tell(text)} ${tell(orderLine(order, now, strings))}`;
  });
  const { now, approximate } = ticker.read();
  const { tone, shape, share, text } = orderState(order, now, approximate);
  const word = tell(text);
  const line = tell(orderLine(order, now, strings));
  return (
    <p className={styles.state}>
      <span className={styles.ring}>
        <ProgressRing tone={tone} shape={shape} share={share} />
        <strong>{word}</strong>
      </span>
      {line === word ? null : <span className={styles.line}>{line}</span>}
    </p>
  );
}

export function CounterCard({ order, fresh }: Pick<CounterOrder, 'order' | 'fresh'>) {
  const { t, format } = useStrings();
  const price = format.money(order.price.currency, order.price.amount);
  return (
    <li className={classNames(styles.card, fresh && styles.fresh)}>
      <div className={styles.head}>
        <h2>{order.reference || order.sourceRef}</h2>
        {fresh ? (
          <span className={styles.new}>
            <IconCash size={26} aria-hidden />
            {t('counterMode.newMoney')}
          </span>
        ) : null}
      </div>
      <p className={classNames(styles.price, price.length > 11 && styles.long)}>{price}</p>
      <State order={order} />
      <Verdict order={order} />
    </li>
  );
}

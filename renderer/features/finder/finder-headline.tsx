import { useTick } from '../../store/app-context.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { orderLine } from '../orders/order-line.ts';
import { classNames } from '../../ui/class-names.ts';
import tones from '../../ui/tone.module.css';
import styles from './finder.module.css';
import { paidAnswer } from './paid-answer.ts';
import type { Answer } from './rank-answers.ts';
import type { FinderSearch } from './use-finder-search.ts';
import { useNewest } from './use-newest.ts';

/** What is said of the closest answer: the order's name, and whether it was paid. */
function Told({ answer, others }: { answer: Answer; others: number }) {
  const strings = useStrings();
  const { t, tell, format } = strings;
  const newest = useNewest(answer);
  const current = useAsOf() === null;
  const line = useTick(({ now }) => (newest.kind === 'order' ? tell(orderLine(newest.order, now, strings)) : ''));
  const more = others === 0 ? '' : ` ${t('finder.others', { count: others })}`;
  if (newest.kind === 'money') {
    const { payment } = newest.payment;
    const amount = format.crypto(payment.amount, payment.decimals, payment.symbol);
    return (
      <p>
        <strong>{t(`finder.money.${newest.payment.state}`, { amount })}</strong>
        {more}
      </p>
    );
  }
  const { order } = newest;
  const { text, tone } = paidAnswer(order, line, current);
  const price = format.money(order.price.currency, order.price.amount);
  return (
    <p>
      <span className={styles.which}>
        {t('finder.which', { reference: order.reference || order.sourceRef, price })}
      </span>{' '}
      <strong className={classNames(styles.answer, tone !== 'quiet' && tones[tone])}>{tell(text)}</strong>
      {more}
    </p>
  );
}

/** What a transaction hash looks like on every chain, such as a customer reads out of a wallet. */
const HASH = /^(?:0x)?[0-9a-f]{32,}$/i;

/** No order and no money; that nothing at all is known is said only where no command fits either. */
function Nothing({ q, commands }: { q: string; commands: number }) {
  const { t } = useStrings();
  if (commands > 0) return <p className={styles.soft}>{t('finder.onlyCommands', { q, count: commands })}</p>;
  return (
    <p>
      <strong>{t('finder.nothing', { q })}</strong>{' '}
      <span className={styles.soft}>{t(HASH.test(q.trim()) ? 'finder.nothingNext' : 'finder.nothingElse')}</span>
    </p>
  );
}

interface FinderHeadlineProps {
  readonly search: FinderSearch;
  /** How many commands and places fit what was typed. */
  readonly commands: number;
}

/** "Did they pay?" in one line, told to those who listen as well. */
export function FinderHeadline({ search, commands }: FinderHeadlineProps) {
  const { t, tell } = useStrings();
  const [first] = search.state === 'found' ? search.answers : [];
  return (
    <div role="status" className={search.state === 'idle' ? undefined : styles.headline}>
      {search.state === 'searching' ? <p className={styles.soft}>{t('finder.searching')}</p> : null}
      {search.state === 'failed' ? <p>{t('finder.failed', { message: faultText(search.message, tell) })}</p> : null}
      {search.state === 'found' && first ? <Told answer={first} others={search.answers.length - 1} /> : null}
      {search.state === 'found' && !first ? <Nothing q={search.q} commands={commands} /> : null}
      {search.state === 'found' && search.more ? <p className={styles.soft}>{t('finder.more')}</p> : null}
    </div>
  );
}

import { IconAlertOctagon, IconAlertTriangle, IconArrowRight, IconInfoCircle } from '@tabler/icons-react';
import type { Finding, Order } from '../../../contract/order.ts';
import { useTick } from '../../store/app-context.tsx';
import { usePast } from '../../store/past.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { orderLine } from '../orders/order-line.ts';
import { VerdictMark } from '../orders/verdict-mark.tsx';
import { verdictShown } from '../orders/verdict-shown.ts';
import styles from './case-verdict.module.css';
import { evidenceText } from './evidence-words.ts';
import { ruleWords } from './rule-words.ts';
import { findingTitle } from './finding-title.ts';
import { findingNextWords, findingTitleWords, findingWords } from './finding-words.ts';

const looks = {
  info: { Icon: IconInfoCircle, className: styles.info },
  warning: { Icon: IconAlertTriangle, className: styles.warning },
  critical: { Icon: IconAlertOctagon, className: styles.critical },
} as const;

function Evidence({ finding }: { finding: Finding }) {
  const { tell } = useStrings();
  return finding.evidence.map((line) => <p key={line}>{evidenceText(line, tell)}</p>);
}

function FindingCard({ finding, order }: { finding: Finding; order: Order }) {
  const { t, tell, format } = useStrings();
  const title = findingTitleWords(finding.code);
  const said = findingWords(finding, tell);
  const next = findingNextWords(finding, order);
  const { Icon, className } = looks[finding.severity];
  return (
    <li className={classNames(styles.finding, className)}>
      <div className={styles.findingHead}>
        <Icon size={18} role="img" aria-label={t(`severity.${finding.severity}`)} />
        <strong>{title ? tell(title) : findingTitle(finding.code)}</strong>
        <time dateTime={new Date(finding.since).toISOString()} title={format.full(finding.since)}>
          {t('case.since', { time: format.time(finding.since) })}
        </time>
      </div>
      {said ? <p>{tell(said)}</p> : <Evidence finding={finding} />}
      <p className={styles.next}>
        <IconArrowRight size={15} role="img" aria-label={t('case.nextStep')} />
        {next ? tell(next) : finding.nextStep}
      </p>
      {said ? (
        <details className={styles.evidence}>
          <summary>{t('finding.evidence')}</summary>
          <Evidence finding={finding} />
        </details>
      ) : null}
    </li>
  );
}

function advice(order: Order, asOf: string | null, releasedAt: string): Message {
  const shown = verdictShown(order, asOf === null);
  switch (shown) {
    case 'was-release':
      return say('case.say.was', { time: asOf ?? '' });
    case 'released':
      return say('case.say.released', { at: releasedAt });
    case 'release':
    case 'wait':
    case 'hold':
    case 'test':
    case 'none':
      return say(`case.say.${shown}`);
    default:
      return shown satisfies never;
  }
}

/** What was advised at a past moment, so that nobody takes it for advice. */
function adviceThen(order: Order, time: string): Message {
  const shown = verdictShown(order, true);
  switch (shown) {
    case 'was-release':
      return say('replay.say.release', { time });
    case 'test':
      return say('replay.say.test');
    case 'release':
    case 'released':
    case 'wait':
    case 'hold':
    case 'none':
      return say(`replay.say.${shown}`, { time });
    default:
      return shown satisfies never;
  }
}

function Rule({ rule }: { rule: string }) {
  const { t, tell } = useStrings();
  const words = ruleWords(rule, tell);
  return <p className={styles.rule}>{t('case.rule', { rule: words ? tell(words) : rule })}</p>;
}

/** Verdict first, in words, with the rule behind it and what the diagnosis found. */
export function CaseVerdict({ order }: { order: Order }) {
  const strings = useStrings();
  const { t, tell, format } = strings;
  const asOf = useAsOf();
  const past = usePast();
  const line = useTick(({ now }) => tell(orderLine(order, now, strings)));
  const said =
    past === null
      ? advice(order, asOf === null ? null : format.time(asOf), format.time(order.releasedAt ?? 0))
      : adviceThen(order, format.time(past));
  return (
    <section className={styles.verdict} aria-label={t('case.diagnosis')}>
      <div className={styles.main}>
        <VerdictMark order={order} large />
        <div>
          <p className={styles.say}>{tell(said)}</p>
          <p className={styles.line}>{line}</p>
          {order.verdictRule ? <Rule rule={order.verdictRule} /> : null}
        </div>
      </div>
      {order.diagnosis.length > 0 ? (
        <ul className={styles.findings}>
          {order.diagnosis.map((finding) => (
            <FindingCard key={finding.code} finding={finding} order={order} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

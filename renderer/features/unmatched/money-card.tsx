import { Button } from '@mantine/core';
import { IconArchive, IconCheck, IconGhost, IconQuestionMark } from '@tabler/icons-react';
import type { Candidate, UnmatchedPayment } from '../../../contract/unmatched.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { CopyId } from '../../ui/copy-id.tsx';
import { Mark } from '../../ui/mark.tsx';
import { blockedWords } from '../case/actions/action-words.ts';
import type { Blocked } from '../case/actions/case-action.ts';
import { canAttach } from './money-action.ts';
import { ExplorerLink } from '../case/explorer-link.tsx';
import { noteText } from '../health/note-words.ts';
import styles from './money-card.module.css';
import { reasonWords } from './reason-words.ts';

const looks = {
  open: { tone: 'warn', Icon: IconQuestionMark },
  attached: { tone: 'good', Icon: IconCheck },
  dismissed: { tone: 'quiet', Icon: IconArchive },
  vanished: { tone: 'bad', Icon: IconGhost },
} as const;

export interface MoneyCardProps {
  readonly payment: UnmatchedPayment;
  /** False for a role that may only look. */
  readonly decides: boolean;
  readonly blocked: Blocked | null;
  /** @param order null: one that is no candidate */
  readonly onAttach: (payment: UnmatchedPayment, order: string | null) => void;
  readonly onDismiss: (payment: UnmatchedPayment) => void;
}

function State({ payment }: { payment: UnmatchedPayment }) {
  const { t, tell } = useStrings();
  const { state, store, order, by, reason } = payment;
  const reference = useDesk((model) =>
    order === undefined ? undefined : model.orders.get(`${store}/${order}`)?.reference,
  );
  const { tone, Icon } = looks[state];
  return (
    <div className={styles.state}>
      <Mark tone={tone} icon={<Icon aria-hidden />}>
        {reference === undefined ? t(`money.state.${state}`) : t('money.state.attachedTo', { reference })}
      </Mark>
      {by ? <span>{t('money.by', { name: by.name })}</span> : null}
      {reason === undefined ? null : (
        // What a person wrote stays as it was written.
        <span>{t('money.reason', { reason: state === 'vanished' ? noteText(reason, tell) : reason })}</span>
      )}
    </div>
  );
}

/** Where it came from and went to, as ids that can be taken to an explorer. */
function Places({ payment: { payment, confirmations, block } }: { payment: UnmatchedPayment }) {
  const { t } = useStrings();
  const ids = [
    ['money.hash', payment.txHash, 'tx'],
    ['money.where', payment.to, 'address'],
    ['money.from', payment.from, 'address'],
    ['money.memo', payment.memo, null],
  ] as const;
  return (
    <dl className={styles.places}>
      {ids.map(([key, id, page]) =>
        id ? (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd>
              <CopyId value={id} what={t(key)} />
              {page === null ? null : <ExplorerLink chain={payment.chain} page={page} id={id} what={t(key)} />}
            </dd>
          </div>
        ) : null,
      )}
      <div>
        <dt>{t('money.chain')}</dt>
        <dd>
          {t('money.chainAnd', {
            chain: payment.chain === null ? t('money.chainUnknown') : chainName(payment.chain),
            state: block ? t('money.inBlock', { count: confirmations }) : t('money.inPool'),
          })}
        </dd>
      </div>
    </dl>
  );
}

function CandidateItem({ candidate, card }: { candidate: Candidate; card: MoneyCardProps }) {
  const { t, tell } = useStrings();
  const { ui } = useApp();
  const { payment, decides, blocked, onAttach } = card;
  const key = `${payment.store}/${candidate.order}` as const;
  const { reference } = candidate;
  return (
    <li className={styles.candidate}>
      <div>
        <button
          type="button"
          className={styles.reference}
          title={t('money.openOrder', { reference })}
          onClick={() => ui.setState({ opened: key, active: key })}
        >
          {reference}
        </button>
        <ul className={styles.reasons}>
          {candidate.reasons.map((reason) => {
            const words = reasonWords(reason, tell);
            return <li key={reason.code}>{words ? tell(words) : reason.text}</li>;
          })}
        </ul>
      </div>
      {decides ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={blocked !== null}
          onClick={() => onAttach(payment, candidate.order)}
        >
          {t('money.attach', { reference })}
        </Button>
      ) : null}
    </li>
  );
}

function Candidates(card: MoneyCardProps) {
  const { t } = useStrings();
  const { candidates } = card.payment;
  if (candidates.length === 0) return <p className={styles.soft}>{t('money.noCandidates')}</p>;
  return (
    <>
      <p className={styles.soft}>{t('money.candidates')}</p>
      <ol className={styles.candidates} aria-label={t('money.candidates')}>
        {candidates.map((candidate) => (
          <CandidateItem key={candidate.order} candidate={candidate} card={card} />
        ))}
      </ol>
    </>
  );
}

function Decisions({ payment, blocked, onAttach, onDismiss }: MoneyCardProps) {
  const { t } = useStrings();
  return (
    <div className={styles.decisions}>
      <Button size="compact-sm" variant="default" disabled={blocked !== null} onClick={() => onAttach(payment, null)}>
        {t('money.attachOther')}
      </Button>
      {payment.state === 'open' ? (
        <Button size="compact-sm" variant="default" disabled={blocked !== null} onClick={() => onDismiss(payment)}>
          {t('money.dismiss')}
        </Button>
      ) : null}
      {blocked === null ? null : <span className={styles.soft}>{t(blockedWords[blocked])}</span>}
    </div>
  );
}

/** One payment: how much, when, where, for which orders it may be, and what was or can be decided. */
export function MoneyCard(card: MoneyCardProps) {
  const { t, format } = useStrings();
  const { payment, decides } = card;
  const { amount, decimals, symbol } = payment.payment;
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <strong title={decimals === null ? t('money.unknownToken') : undefined}>
          {format.cryptoExact(amount, decimals, symbol)}
        </strong>
        <Ago at={payment.seenAt} />
      </div>
      {decimals === null ? <p className={styles.soft}>{t('money.unknownToken')}</p> : null}
      <State payment={payment} />
      <Places payment={payment} />
      {payment.state === 'open' ? <Candidates {...card} /> : null}
      {decides && canAttach(payment) ? <Decisions {...card} /> : null}
    </li>
  );
}

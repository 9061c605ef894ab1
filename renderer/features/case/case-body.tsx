import { useRef } from 'react';
import type { TrailEvent } from '../../../contract/ipc.ts';
import type { Order } from '../../../contract/order.ts';
import { usePast } from '../../store/past.tsx';
import { FlagMarks } from '../orders/flag-marks.tsx';
import styles from './case-body.module.css';
import { CaseActions } from './actions/case-actions.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CaseHolder } from './case-holder.tsx';
import { CaseMoney } from './case-money.tsx';
import { CaseNotes } from './case-notes.tsx';
import { CaseTools } from './case-tools.tsx';
import { CaseVerdict } from './case-verdict.tsx';
import { CaseWitnesses } from './case-witnesses.tsx';
import { HistoryState } from './history-state.tsx';
import { NamedTransactions } from './named-transactions.tsx';
import { PaymentsList } from './payments-list.tsx';
import type { Replay } from './replay/use-replay.ts';
import { Timeline } from './timeline.tsx';
import type { HistoryShown } from './use-order-history.ts';

export interface CaseBodyProps {
  /** As it is now, or as it stood at the moment that is replayed; undefined while nothing is known of it. */
  readonly order: Order | undefined;
  readonly shown: HistoryShown;
  readonly replay: Replay;
}

/** All of a case, the most urgent to know first. */
export function CaseBody({ order, shown, replay }: CaseBodyProps) {
  const note = useRef<HTMLTextAreaElement | null>(null);
  const { history } = shown;
  const { past, show } = replay;
  const at = usePast();
  const had = ({ seq, arrivedAt, at: { received } }: TrailEvent) =>
    past === null ? at === null || (arrivedAt ?? received) <= at : seq <= past.event.seq;
  return (
    <>
      {order ? (
        <>
          <CaseVerdict order={order} />
          <div className={styles.work}>
            <CaseHolder order={order} />
            <CaseActions order={order} onNote={() => note.current?.focus()} />
            <CaseTools order={order} replay={replay} />
          </div>
          <FlagMarks flags={order.flags} />
          <CaseMoney order={order} />
          <CaseWitnesses order={order} />
          <PaymentsList order={order} />
          <NamedTransactions order={order} />
        </>
      ) : null}
      <HistoryState {...shown} />
      {history ? (
        <Timeline
          store={history.order.store}
          events={history.events.filter(had)}
          onReplay={replay.missing === null ? ({ seq }) => show(seq) : null}
        />
      ) : null}
      {order ? (
        <>
          <CaseNotes order={order} field={note} />
          <CaseFacts order={order} />
        </>
      ) : null}
    </>
  );
}

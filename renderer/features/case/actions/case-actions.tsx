import { useMemo, useState } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useDesk } from '../../../store/app-context.tsx';
import { usePast } from '../../../store/past.tsx';
import { useAsOf } from '../../../store/use-standing.ts';
import { faultText } from '../../../strings/fault-text.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Fault } from '../../../ui/fault.tsx';
import { ActionButton } from './action-button.tsx';
import { ActionDialogs } from './action-dialogs.tsx';
import type { Asking } from './action-dialogs.tsx';
import { actionsOf, commandOf, commandsOn } from './case-action.ts';
import type { CaseAction } from './case-action.ts';
import styles from './case-actions.module.css';
import type { Give } from './give.ts';
import { CommandStates } from './command-states.tsx';
import { refusalOf, useCommands } from './use-commands.ts';

export interface CaseActionsProps {
  readonly order: Order;
  readonly onNote: () => void;
}

/** What a person can do with this case, and what became of what was done. */
export function CaseActions({ order, onNote }: CaseActionsProps) {
  const { t, tell } = useStrings();
  const desk = useDesk((model) => model.desk);
  const past = usePast() !== null;
  const current = useAsOf() === null;
  const { give, fault } = useCommands(order);
  const [asking, setAsking] = useState<Asking | null>(null);
  const commands = useMemo(() => commandsOn(order, desk?.commands ?? []), [order, desk?.commands]);
  if (!desk?.desk) return null;
  const { role, id: deskId } = desk.desk;
  const take = ({ name, against }: CaseAction) => {
    if (name === 'note') onNote();
    else if (name === 'resolve' || name === 'override-verdict' || name === 'hand-over') setAsking(name);
    else if (name === 'release' && against) setAsking('release');
    else void give(commandOf[name]);
  };
  const giveAsked: Give = async (name, args) => refusalOf(await give(name, args));
  const offered = actionsOf(order, { role, deskId, past, current, commands });
  return (
    <section className={styles.actions} aria-label={t('action.list')}>
      <div className={styles.bar}>
        {offered.map((action) => (
          <ActionButton key={action.name} action={action} onTake={take} />
        ))}
      </div>
      {fault === null ? null : <Fault>{t('command.notSent', { reason: faultText(fault, tell) })}</Fault>}
      {past ? null : <CommandStates commands={commands} />}
      {/* What was asked of the present is not answered in the past. */}
      <ActionDialogs order={order} asking={past ? null : asking} onClose={() => setAsking(null)} onGive={giveAsked} />
    </section>
  );
}

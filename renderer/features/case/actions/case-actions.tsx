import { Button, Tooltip } from '@mantine/core';
import {
  IconChecks,
  IconGavel,
  IconHandOff,
  IconHandStop,
  IconNote,
  IconPackageExport,
  IconRefresh,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useDesk } from '../../../store/app-context.tsx';
import { useAsOf } from '../../../store/use-standing.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { actionLabel, blockedWords } from './action-words.ts';
import { actionsOf, commandsOn } from './case-action.ts';
import type { ActionName, CaseAction } from './case-action.ts';
import styles from './case-actions.module.css';
import { CommandStates } from './command-states.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { ReleaseDialog } from './release-dialog.tsx';
import { useCommands } from './use-commands.ts';

const icons = {
  release: IconPackageExport,
  claim: IconHandStop,
  unclaim: IconHandOff,
  recheck: IconRefresh,
  note: IconNote,
  resolve: IconChecks,
  'override-verdict': IconGavel,
} as const;

interface ActionButtonProps {
  readonly action: CaseAction;
  readonly onTake: (action: CaseAction) => void;
}

/** A button that cannot be pressed stays in reach of the keyboard, and says why. */
function ActionButton({ action, onTake }: ActionButtonProps) {
  const { t } = useStrings();
  const Icon = icons[action.name];
  const why = action.blocked === null ? null : t(blockedWords[action.blocked]);
  const leads = action.name === 'release' && !action.against && action.blocked === null;
  const label = t(actionLabel[action.name]);
  return (
    <Tooltip label={why ?? ''} disabled={why === null} events={{ hover: true, focus: true, touch: true }}>
      <Button
        aria-disabled={why !== null}
        aria-label={why === null ? label : t('action.why', { action: label, why })}
        {...(why !== null && { 'data-disabled': true })}
        leftSection={<Icon size={16} aria-hidden />}
        size="compact-md"
        variant={leads ? 'filled' : 'default'}
        onClick={() => {
          if (why === null) onTake(action);
        }}
      >
        {label}
      </Button>
    </Tooltip>
  );
}

type Asking = 'resolve' | 'override-verdict' | 'release';

/** What a person can do with this case, and what became of what was done. */
export function CaseActions({ order, onNote }: { order: Order; onNote: () => void }) {
  const { t } = useStrings();
  const desk = useDesk((model) => model.desk);
  const current = useAsOf() === null;
  const { give, fault } = useCommands(order);
  const [asking, setAsking] = useState<Asking | null>(null);
  const commands = useMemo(() => commandsOn(order, desk?.commands ?? []), [order, desk?.commands]);
  if (!desk?.desk) return null;
  const { role, id: deskId } = desk.desk;
  const take = ({ name, against }: CaseAction) => {
    if (name === 'note') onNote();
    else if (name === 'resolve' || name === 'override-verdict') setAsking(name);
    else if (name === 'release' && against) setAsking('release');
    else void give(name);
  };
  const offered = actionsOf(order, { role, deskId, current, commands });
  return (
    <section className={styles.actions} aria-label={t('action.list')}>
      <div className={styles.bar}>
        {offered.map((action) => (
          <ActionButton key={action.name} action={action} onTake={take} />
        ))}
      </div>
      {fault === null ? null : (
        <p className={styles.fault} role="alert">
          {t('command.notSent', { reason: fault })}
        </p>
      )}
      <CommandStates commands={commands} />
      <Dialogs
        order={order}
        asking={asking}
        onClose={() => setAsking(null)}
        onGive={(name, args) => void give(name, args)}
      />
    </section>
  );
}

interface DialogsProps {
  readonly order: Order;
  readonly asking: Asking | null;
  readonly onClose: () => void;
  readonly onGive: (name: ActionName, args?: Readonly<Record<string, string>>) => void;
}

function Dialogs({ order, asking, onClose, onGive }: DialogsProps) {
  if (asking === null) return null;
  if (asking === 'release') return <ReleaseDialog order={order} onClose={onClose} onGive={() => onGive('release')} />;
  const { reference } = order;
  return <ReasonDialog kind={asking} reference={reference} onClose={onClose} onGive={(args) => onGive(asking, args)} />;
}

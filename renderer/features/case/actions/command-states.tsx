import { Loader } from '@mantine/core';
import { IconCircleCheck, IconHelpCircle, IconX } from '@tabler/icons-react';
import type { CommandView } from '../../../../contract/ipc.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { commandWords, stateWords } from './action-words.ts';
import styles from './command-states.module.css';
import { findsOut, RecheckResult } from './recheck-result.tsx';

/** Commands shown at most; those without an outcome come first. */
const MOST = 4;

function StateIcon({ state }: Pick<CommandView, 'state'>) {
  switch (state) {
    case 'pending':
      return <Loader size={16} aria-hidden />;
    case 'unknown':
      return <IconHelpCircle size={18} aria-hidden />;
    case 'done':
      return <IconCircleCheck size={18} aria-hidden />;
    case 'failed':
      return <IconX size={18} aria-hidden />;
    default:
      return state satisfies never;
  }
}

/** What became of each command, newest first: under way, not known, done, or failed and why [CM3]. */
export function CommandStates({ commands }: { commands: readonly CommandView[] }) {
  const { t, tell, format } = useStrings();
  const open = commands.filter(({ state }) => state === 'pending' || state === 'unknown');
  const shown = [...open, ...commands.filter((each) => !open.includes(each))].slice(0, MOST);
  return (
    <div role="status" aria-label={t('command.list')}>
      <ul className={styles.states}>
        {shown.map((command) => (
          <li key={command.id} className={classNames(styles.state, styles[command.state])}>
            <StateIcon state={command.state} />
            <div className={styles.words}>
              <strong>{tell(commandWords(command.name))}</strong> {tell(stateWords(command, tell))}
              {findsOut(command) ? <RecheckResult id={command.id} /> : null}
            </div>
            <time dateTime={new Date(command.givenAt).toISOString()} title={format.full(command.givenAt)}>
              {format.time(command.givenAt)}
            </time>
          </li>
        ))}
      </ul>
    </div>
  );
}

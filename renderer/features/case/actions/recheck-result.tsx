import { IconBolt, IconClockX, IconEqual, IconMinus, IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { recheckResultSchema } from '../../../../contract/protocol.ts';
import type { Asked } from '../../../../contract/protocol.ts';
import type { CommandView } from '../../../../contract/ipc.ts';
import { useApp } from '../../../store/app-context.tsx';
import { chainName } from '../../../strings/chain-name.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { Mark } from '../../../ui/mark.tsx';
import { noteText } from '../../health/note-words.ts';
import styles from './recheck-result.module.css';

const looks = {
  news: { tone: 'good', Icon: IconBolt },
  'nothing-new': { tone: 'calm', Icon: IconEqual },
  unreachable: { tone: 'bad', Icon: IconPlugConnectedX },
  'timed-out': { tone: 'warn', Icon: IconClockX },
  'not-asked': { tone: 'quiet', Icon: IconMinus },
} as const satisfies Record<Asked['outcome'], unknown>;

/** True for a command that answers with what each source and chain found. */
export function findsOut({ name, state }: Pick<CommandView, 'name' | 'state'>): boolean {
  return state === 'done' && (name === 'recheck' || name === 'name-transaction');
}

/** What a command found out; null until that was read, and where this device holds it no longer. */
function useAsked(id: string): readonly Asked[] | null {
  const { link } = useApp();
  const [asked, setAsked] = useState<readonly Asked[] | null>(null);
  useEffect(() => {
    let mine = true;
    const read = async (): Promise<void> => {
      try {
        const result = recheckResultSchema.safeParse((await link.bridge.commandStatus({ id })).result);
        if (mine && result.success) setAsked(result.data.asked);
      } catch {
        // A result that is no longer kept is not shown; the command's own state still is.
      }
    };
    void read();
    return () => {
      mine = false;
    };
  }, [link, id]);
  return asked;
}

/** Per source and chain: what it had to say, how long that took, or why it said nothing. */
export function RecheckResult({ id }: { id: string }) {
  const { t, tell } = useStrings();
  const asked = useAsked(id);
  if (asked === null) return null;
  if (asked.length === 0) return <p className={styles.nobody}>{t('recheck.nobody')}</p>;
  return (
    <ul className={styles.asked} aria-label={t('recheck.list')}>
      {asked.map(({ id: line, outcome, ms, note }) => {
        const { tone, Icon } = looks[outcome];
        return (
          <li key={line}>
            <strong title={line}>{chainName(line)}</strong>
            <Mark tone={tone} icon={<Icon aria-hidden />}>
              {t(`recheck.${outcome}`)}
            </Mark>
            {outcome === 'not-asked' ? null : <small>{t('recheck.took', { ms })}</small>}
            {note === undefined ? null : <p>{noteText(note, tell)}</p>}
          </li>
        );
      })}
    </ul>
  );
}

import type { Ref } from 'react';
import type { Order } from '../../../contract/order.ts';
import { usePast } from '../../store/past.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Section } from '../../ui/section.tsx';
import { NoteForm } from './actions/note-form.tsx';
import styles from './case-notes.module.css';

/** What people wrote about the order, and where the next of it is written. */
export function CaseNotes({ order, field }: { order: Order; field: Ref<HTMLTextAreaElement> }) {
  const { t, format } = useStrings();
  const past = usePast() !== null;
  return (
    <Section title={t('case.notes')}>
      {past && order.notes.length === 0 ? <p>{t('case.noNotes')}</p> : null}
      <ul className={styles.notes}>
        {order.notes.map(({ text, at, actor }) => (
          <li key={`${at} ${text}`}>
            <p>{text}</p>
            <small title={format.full(at)}>
              {actor ? t('case.noteBy', { name: actor.name, time: format.time(at) }) : format.time(at)}
            </small>
          </li>
        ))}
      </ul>
      <div hidden={past}>
        <NoteForm order={order} field={field} />
      </div>
    </Section>
  );
}

import type { Note } from '../../../contract/order.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './case-notes.module.css';

export function CaseNotes({ notes }: { notes: readonly Note[] }) {
  const { t, format } = useStrings();
  if (notes.length === 0) return null;
  return (
    <Section title={t('case.notes')}>
      <ul className={styles.notes}>
        {notes.map(({ text, at, actor }) => (
          <li key={`${at} ${text}`}>
            <p>{text}</p>
            <small title={format.full(at)}>
              {actor ? t('case.noteBy', { name: actor.name, time: format.time(at) }) : format.time(at)}
            </small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

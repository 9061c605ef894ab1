import type { ReactNode } from 'react';
import styles from './section.module.css';

/** A titled part of a page; `aside` stands at the title's end. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <div className={styles.head}>
        <h3>{title}</h3>
        {aside}
      </div>
      {children}
    </section>
  );
}

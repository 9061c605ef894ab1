import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What stands where nothing else can: why, and what to do next. */
export function EmptyState(props: { icon: ReactNode; title: string; text: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <div className={styles.icon}>{props.icon}</div>
      <h2 className={styles.title}>{props.title}</h2>
      <p className={styles.text}>{props.text}</p>
      {props.children}
    </div>
  );
}

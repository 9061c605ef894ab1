import type { ReactNode } from 'react';
import styles from './fault.module.css';

/** What went wrong with what a person asked for, told at once. */
export function Fault({ children }: { children: ReactNode }) {
  return (
    <p className={styles.fault} role="alert">
      {children}
    </p>
  );
}

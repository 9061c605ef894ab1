import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './mark.module.css';
import type { Tone } from './tone.ts';

export interface MarkProps {
  readonly tone: Tone;
  readonly icon?: ReactNode;
  readonly title?: string;
  readonly solid?: boolean;
  readonly dashed?: boolean;
  readonly large?: boolean;
  readonly children: ReactNode;
}

/** A word with a shape on a tinted ground. */
export function Mark({ tone, icon, title, solid, dashed, large, children }: MarkProps) {
  const shape = [solid && styles.solid, dashed && styles.dashed, large && styles.large];
  return (
    <span className={classNames(styles.mark, styles[tone], ...shape)} title={title}>
      {icon}
      <span>{children}</span>
    </span>
  );
}

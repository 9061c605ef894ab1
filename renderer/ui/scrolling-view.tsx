import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './scrolling-view.module.css';

export interface ScrollingViewProps {
  /** What its heading says. */
  readonly title: string;
  /** Charts take more room than text may. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A view that is longer than the window: the keyboard scrolls it. */
export function ScrollingView({ title, wide = false, children }: ScrollingViewProps) {
  return (
    <div className={classNames(styles.view, wide && styles.wide)} tabIndex={0} role="region" aria-label={title}>
      {children}
    </div>
  );
}

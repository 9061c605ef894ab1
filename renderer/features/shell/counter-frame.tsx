import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { CounterView } from '../counter/counter-view.tsx';
import { Finder } from '../finder/finder.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { LiveAnnouncer } from './live-announcer.tsx';
import { NotLiveBand } from './not-live-band.tsx';
import styles from './shell.module.css';

/** The counter's display has the screen to itself, but for the band that says that it is not live. */
export function CounterFrame() {
  const strings = useStrings();
  const current = useAsOf() === null;
  return (
    <div className={styles.counter} data-current={current}>
      <NotLiveBand />
      <ErrorBoundary strings={strings}>
        <CounterView />
      </ErrorBoundary>
      <LiveAnnouncer />
      <Finder />
    </div>
  );
}

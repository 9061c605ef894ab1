import { Loader } from '@mantine/core';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import type { View } from '../../store/ui-store.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Late } from '../../ui/late.tsx';
import { useCounterAtStart } from '../counter/use-counter-at-start.ts';
import { Finder } from '../finder/finder.tsx';
import { lateHealth } from '../health/late-health.ts';
import { lateInsights } from '../insights/late-insights.ts';
import { lateWelcome } from '../onboarding/late-welcome.ts';
import { OfferedLink } from '../onboarding/offered-link.tsx';
import { RefusedCard } from '../onboarding/refused-card.tsx';
import { DeskView } from '../orders/desk-view.tsx';
import { lateReplay } from '../replay/late-replay.ts';
import { lateSettings } from '../settings/late-settings.ts';
import { useShellKeys } from '../shortcuts/use-shell-keys.ts';
import { Tour } from '../tour/tour.tsx';
import { useAppearance } from './appearance.ts';
import { CounterFrame } from './counter-frame.tsx';
import { DigestBanner } from './digest-banner.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { LiveAnnouncer } from './live-announcer.tsx';
import { Navigation } from './navigation.tsx';
import { NotLiveBand } from './not-live-band.tsx';
import styles from './shell.module.css';
import { useReadyMark } from './use-ready-mark.ts';

function Opening() {
  const { t } = useStrings();
  const { link } = useApp();
  const lost = useDesk(({ link: { state } }) => state === 'lost');
  const unreadable = useDesk((model) => model.link.state === 'lost' && model.link.reason === 'unreadable');
  return (
    <main className={styles.opening}>
      {lost ? null : <Loader color="teal" aria-label={t('app.openHost')} />}
      <p role="status">{lost ? t(unreadable ? 'band.unreadable' : 'pair.error.host-gone') : t('app.openHost')}</p>
      {lost ? (
        <button
          type="button"
          className={styles.plainButton}
          onClick={() => (unreadable ? window.location.reload() : link.retry())}
        >
          {t(unreadable ? 'crash.reload' : 'band.tryNow')}
        </button>
      ) : null}
    </main>
  );
}

const views = {
  replay: lateReplay,
  insights: lateInsights,
  health: lateHealth,
  settings: lateSettings,
} as const satisfies Partial<Record<View, unknown>>;

function Frame() {
  const strings = useStrings();
  const view = useUi((model) => (model.view === 'counter' ? 'desk' : model.view));
  const current = useAsOf() === null;
  useShellKeys();
  return (
    <div className={styles.frame} data-current={current}>
      <a className={styles.skip} href="#content" onClick={(event) => skipTo(event, 'content')}>
        {strings.t('app.skip')}
      </a>
      <Header />
      <NotLiveBand />
      <Navigation />
      <main id="content" tabIndex={-1} className={styles.content}>
        <RefusedCard />
        <DigestBanner />
        <ErrorBoundary strings={strings} key={view}>
          {view === 'desk' ? <DeskView /> : <Late part={views[view]} given={{}} where="view" />}
        </ErrorBoundary>
      </main>
      <Tour />
      <LiveAnnouncer />
      <Finder />
    </div>
  );
}

/** The address holds the view, so a skip moves the focus without touching it. */
function skipTo(event: { preventDefault(): void }, id: string): void {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

export function Shell() {
  const opening = useDesk((model) => model.desk === null);
  const unpaired = useDesk((model) => model.desk?.connection.state === 'unpaired' && model.desk.gateway === null);
  const counter = useUi((model) => model.view === 'counter');
  const whole = useDesk((model) => model.complete);
  useReadyMark(!opening, whole);
  useAppearance();
  useCounterAtStart();
  if (opening) return <Opening />;
  if (unpaired) return <Late part={lateWelcome} given={{}} where="page" />;
  return (
    <>
      {counter ? <CounterFrame /> : <Frame />}
      <OfferedLink />
    </>
  );
}

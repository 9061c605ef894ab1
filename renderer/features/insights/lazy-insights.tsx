import { Loader } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useStrings } from '../../strings/strings-context.tsx';

/** What draws charts weighs as much as all the rest: it is loaded once somebody asks for it. */
const InsightsView = lazy(async () => ({ default: (await import('./insights-view.tsx')).InsightsView }));

export function LazyInsights() {
  const { t } = useStrings();
  return (
    <Suspense fallback={<Loader m="xl" color="teal" aria-label={t('app.openHost')} />}>
      <InsightsView />
    </Suspense>
  );
}

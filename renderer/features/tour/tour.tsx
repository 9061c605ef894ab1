import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApp, useSettings } from '../../store/app-context.tsx';
import { useStanding } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { useKeyLabel } from '../shortcuts/use-key-label.ts';
import { tourSteps } from './tour-steps.ts';
import type { TourStep } from './tour-steps.ts';
import styles from './tour.module.css';

/** Marks what a step is about for as long as it is shown. */
function usePointer({ selectors }: TourStep): void {
  useEffect(() => {
    const target = selectors.map((selector) => document.querySelector(selector)).find((found) => found !== null);
    target?.setAttribute('data-toured', 'true');
    return () => target?.removeAttribute('data-toured');
  }, [selectors]);
}

interface StepProps {
  readonly at: number;
  readonly step: TourStep;
  readonly onGo: (to: number) => void;
  readonly onEnd: () => void;
}

function Step({ at, step, onGo, onEnd }: StepProps) {
  const { t } = useStrings();
  const isLast = at === tourSteps.length - 1;
  const keys = { finder: useKeyLabel('finder'), search: useKeyLabel('search') };
  usePointer(step);
  return (
    <section className={styles.tour} aria-label={t('tour.label')}>
      <div className={styles.words} aria-live="polite">
        <strong>
          {t('tour.at', { step: at + 1, count: tourSteps.length })} {t(`tour.${step.name}.title`)}
        </strong>
        <p>{step.name === 'find' ? t('tour.find.text', keys) : t(`tour.${step.name}.text`)}</p>
      </div>
      <div className={styles.actions}>
        <Button size="sm" onClick={() => (isLast ? onEnd() : onGo(at + 1))}>
          {isLast ? t('tour.done') : t('tour.next')}
        </Button>
        {at > 0 ? (
          <Button size="sm" variant="default" onClick={() => onGo(at - 1)}>
            {t('tour.back')}
          </Button>
        ) : null}
        {isLast ? null : (
          <Button size="sm" variant="subtle" onClick={onEnd}>
            {t('tour.skip')}
          </Button>
        )}
      </div>
    </section>
  );
}

/**
 * For newcomers, once, and again when asked for. It has a row of its own below the view, so that it lies over nothing,
 * and it waits while the screen is not live: an alarm comes first.
 */
export function Tour() {
  const [{ tourSeen }, change] = useSettings();
  const isCurrent = useStanding().kind === 'current';
  const { ui } = useApp();
  const [at, setAt] = useState(0);
  const step = tourSteps[at];
  if (tourSeen || !isCurrent || !step) return null;
  const go = (to: number) => {
    ui.setState({ view: tourSteps[to]?.view ?? 'desk' });
    setAt(to);
  };
  const end = () => {
    setAt(0);
    change({ tourSeen: true });
  };
  return <Step at={at} step={step} onGo={go} onEnd={end} />;
}

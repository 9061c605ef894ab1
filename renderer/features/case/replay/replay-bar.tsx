import { ActionIcon, Button, CloseButton } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconHistory, IconPlayerTrackNext } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useStrings } from '../../../strings/strings-context.tsx';
import { eventWords } from '../event-words.ts';
import type { PastStep } from './order-past.ts';
import styles from './replay-bar.module.css';
import type { Replay } from './use-replay.ts';

function useMoment({ steps, past }: Replay) {
  const strings = useStrings();
  const { t, tell, format } = strings;
  const moment = (step: PastStep | null) =>
    step === null
      ? t('replay.now')
      : t('replay.step', { time: format.time(step.at), what: tell(eventWords(step.event, strings)) });
  const newer = past === null ? 0 : steps.filter(({ event }) => event.seq > past.event.seq).length;
  return { moment, newer };
}

/** A slider over an order's events, the last place of which is now. Whatever it shows but that is marked as past. */
export function ReplayBar({ replay, onClose }: { replay: Replay; onClose: () => void }) {
  const { t, format } = useStrings();
  const { steps, past, show } = replay;
  const { moment, newer } = useMoment(replay);
  const slider = useRef<HTMLInputElement | null>(null);
  useEffect(() => slider.current?.focus(), []);
  const place = past === null ? steps.length : steps.indexOf(past);
  const go = (to: number) => show(steps[Math.max(0, to)]?.event.seq ?? null);
  return (
    <section
      className={styles.bar}
      data-past={past !== null}
      aria-label={t('replay.title')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        if (past === null) onClose();
        else show(null);
      }}
    >
      <div className={styles.line}>
        <IconHistory size={17} aria-hidden />
        <p role="status" className={styles.said}>
          <strong title={past === null ? undefined : format.full(past.at)}>
            {past === null ? t('replay.isNow') : t('replay.was', { time: format.time(past.at) })}
          </strong>
          {newer === 0 ? null : <span>{t('replay.newer', { count: newer })}</span>}
        </p>
        {past === null ? null : (
          <Button
            size="compact-sm"
            leftSection={<IconPlayerTrackNext size={13} aria-hidden />}
            onClick={() => show(null)}
          >
            {t('replay.back')}
          </Button>
        )}
        <CloseButton size="sm" aria-label={t('replay.close')} onClick={onClose} />
      </div>
      <div className={styles.line}>
        <ActionIcon
          variant="default"
          aria-label={t('replay.earlier')}
          disabled={place === 0}
          onClick={() => go(place - 1)}
        >
          <IconChevronLeft size={17} aria-hidden />
        </ActionIcon>
        <input
          ref={slider}
          type="range"
          className={styles.slider}
          aria-label={t('replay.slider')}
          aria-valuetext={moment(past)}
          min={0}
          max={steps.length}
          step={1}
          value={place}
          onChange={({ currentTarget }) => go(Number(currentTarget.value))}
        />
        <ActionIcon
          variant="default"
          aria-label={t('replay.later')}
          disabled={past === null}
          onClick={() => go(place + 1)}
        >
          <IconChevronRight size={17} aria-hidden />
        </ActionIcon>
      </div>
      <p className={styles.moment}>{past === null ? t('replay.hint') : moment(past)}</p>
    </section>
  );
}

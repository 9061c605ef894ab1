import { ActionIcon, Button, Loader, NativeSelect, TextInput } from '@mantine/core';
import {
  IconChevronLeft,
  IconChevronRight,
  IconChevronsLeft,
  IconChevronsRight,
  IconHistory,
  IconPlayerTrackNext,
} from '@tabler/icons-react';
import type { StringKey } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { fieldOf, momentOf } from './device-time.ts';
import styles from './moment-bar.module.css';

const MINUTE_MS = 60_000;

const steps = [
  { key: 'replay.minuteEarlier', byMs: -MINUTE_MS, Icon: IconChevronsLeft },
  { key: 'replay.secondEarlier', byMs: -1000, Icon: IconChevronLeft },
  { key: 'replay.secondLater', byMs: 1000, Icon: IconChevronRight },
  { key: 'replay.minuteLater', byMs: MINUTE_MS, Icon: IconChevronsRight },
] as const satisfies readonly { key: StringKey; byMs: number; Icon: typeof IconHistory }[];

export interface MomentBarProps {
  readonly from: number;
  readonly to: number;
  readonly at: number;
  readonly busy: boolean;
  readonly stores: readonly { readonly id: string; readonly name: string }[];
  readonly store: string;
  readonly onStore: (store: string) => void;
  readonly onMoment: (at: number) => void;
  readonly onLeave: () => void;
}

function Step({
  index,
  at,
  from,
  to,
  onMoment,
}: Pick<MomentBarProps, 'at' | 'from' | 'to' | 'onMoment'> & { index: number }) {
  const { t } = useStrings();
  const step = steps[index];
  if (!step) return null;
  const { key, byMs, Icon } = step;
  const target = Math.min(to, Math.max(from, at + byMs));
  return (
    <ActionIcon
      variant="default"
      aria-label={t(key)}
      title={t(key)}
      disabled={target === at}
      onClick={() => onMoment(target)}
    >
      <Icon size={17} aria-hidden />
    </ActionIcon>
  );
}

/** Chooses the moment that the whole desk is shown at: by a slider, by steps, or by a date and time. */
export function MomentBar(props: MomentBarProps) {
  const { from, to, at, busy, stores, store, onStore, onMoment, onLeave } = props;
  const { t, format } = useStrings();
  const within = (moment: number) => onMoment(Math.min(to, Math.max(from, moment)));
  // The slider goes by whole seconds, and its last place is the very end.
  const last = from + Math.ceil((to - from) / 1000) * 1000;
  return (
    <section className={styles.bar} aria-label={t('replay.title')}>
      <div className={styles.line}>
        <IconHistory size={19} aria-hidden />
        <p className={styles.said} role="status">
          {t('replay.deskWas', { time: format.full(at) })}
        </p>
        {busy ? <Loader size={16} aria-hidden /> : null}
        {stores.length > 1 ? (
          <NativeSelect
            aria-label={t('replay.store')}
            data={stores.map(({ id, name }) => ({ value: id, label: name }))}
            value={store}
            onChange={({ currentTarget }) => onStore(currentTarget.value)}
          />
        ) : null}
        <Button leftSection={<IconPlayerTrackNext size={15} aria-hidden />} size="compact-sm" onClick={onLeave}>
          {t('replay.back')}
        </Button>
      </div>
      <div className={styles.line}>
        <Step index={0} {...props} />
        <Step index={1} {...props} />
        <input
          type="range"
          className={styles.slider}
          aria-label={t('replay.slider')}
          aria-valuetext={format.full(at)}
          min={from}
          max={last}
          step={1000}
          value={at === to ? last : at}
          onChange={({ currentTarget }) => within(Number(currentTarget.value))}
        />
        <Step index={2} {...props} />
        <Step index={3} {...props} />
        <TextInput
          type="datetime-local"
          aria-label={t('replay.moment')}
          step={1}
          min={fieldOf(from)}
          max={fieldOf(to)}
          value={fieldOf(at)}
          onChange={({ currentTarget }) => {
            const moment = momentOf(currentTarget.value);
            if (moment !== null) within(moment);
          }}
        />
      </div>
    </section>
  );
}

import { Button } from '@mantine/core';
import { IconFileCode, IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import type { TrailEvent } from '../../../contract/ipc.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Section } from '../../ui/section.tsx';
import { DeliveryViewer } from './delivery-viewer.tsx';
import { durationWords } from './duration-words.ts';
import { eventWords } from './event-words.ts';
import { latencyTrail } from './latency-trail.ts';
import styles from './timeline.module.css';

function Trail({ event }: { event: TrailEvent }) {
  const { t, tell, format } = useStrings();
  return (
    <ol className={styles.trail} aria-label={t('timeline.trail')}>
      {latencyTrail(event).map(({ step, at, afterMs }) => (
        <li key={step} className={at === null ? styles.unsaid : undefined}>
          <span>{t(`trail.${step}`)}</span>
          <strong title={at === null ? undefined : `${format.precise(at)} · ${format.full(at)}`}>
            {afterMs === null
              ? null
              : t(afterMs < 0 ? 'trail.before' : 'trail.after', { span: tell(durationWords(afterMs)) })}
            {at !== null && afterMs === null ? format.precise(at) : null}
            {at === null ? t('trail.notSaid') : null}
          </strong>
        </li>
      ))}
    </ol>
  );
}

const loud: ReadonlySet<string> = new Set(['payment.reorged', 'payment.reverted', 'payment.dropped', 'order.failed']);
const good: ReadonlySet<string> = new Set(['payment.settled', 'payment.detected', 'order.released']);

interface TimelineItemProps {
  readonly event: TrailEvent;
  readonly onRaw: (id: string) => void;
  /** Shows the order as it stood after the event; null where that cannot be told. */
  readonly onReplay: ((event: TrailEvent) => void) | null;
}

function TimelineItem({ event, onRaw, onReplay }: TimelineItemProps) {
  const strings = useStrings();
  const { t, tell, format } = strings;
  const { raw } = event;
  const when = event.at.occurred ?? event.at.received;
  return (
    <li className={classNames(styles.item, loud.has(event.kind) && styles.loud, good.has(event.kind) && styles.good)}>
      <time dateTime={new Date(when).toISOString()} title={format.full(when)}>
        {format.time(when)}
      </time>
      <div>
        <p className={styles.words}>{tell(eventWords(event, strings))}</p>
        <p className={styles.origin}>
          {event.source} · {t('timeline.seq', { seq: format.number(event.seq) })}
          {event.actor ? <span>{t('timeline.by', { name: event.actor.name })}</span> : null}
        </p>
        <Trail event={event} />
        <div className={styles.doings}>
          {raw === undefined ? null : (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconFileCode size={13} aria-hidden />}
              onClick={() => onRaw(raw)}
            >
              {t('timeline.raw')}
            </Button>
          )}
          {onReplay === null ? null : (
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconHistory size={13} aria-hidden />}
              onClick={() => onReplay(event)}
            >
              {t('replay.here')}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

export interface TimelineProps {
  readonly store: string;
  readonly events: readonly TrailEvent[];
  readonly onReplay: ((event: TrailEvent) => void) | null;
}

/** All that happened to an order, newest first, each with how long it took to get here. */
export function Timeline({ store, events, onReplay }: TimelineProps) {
  const { t } = useStrings();
  const [delivery, setDelivery] = useState<string | null>(null);
  return (
    <Section title={t('timeline.title')} aside={<span>{t('timeline.order')}</span>}>
      {events.length === 0 ? <p>{t('timeline.empty')}</p> : null}
      <ol className={styles.timeline}>
        {events.toReversed().map((event) => (
          <TimelineItem key={event.id} event={event} onRaw={setDelivery} onReplay={onReplay} />
        ))}
      </ol>
      {delivery === null ? null : (
        <DeliveryViewer store={store} delivery={delivery} onClose={() => setDelivery(null)} />
      )}
    </Section>
  );
}

import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import type { SourceState } from '../../../contract/source-state.ts';
import { useDesk } from '../../store/app-context.tsx';
import type { Standing } from '../../store/standing.ts';
import { useStanding } from '../../store/use-standing.ts';
import type { Format } from '../../strings/format.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { classNames } from '../../ui/class-names.ts';
import styles from './trust-answer.module.css';

function answerOf(standing: Standing, format: Pick<Format, 'time'>): Message {
  switch (standing.kind) {
    case 'opening':
      return say('health.opening');
    case 'current':
      return standing.slower ? say('health.yesSlower') : say('health.yes');
    case 'host-gone':
    case 'not-current':
      return standing.asOf === null ? say('health.noNever') : say('health.no', { time: format.time(standing.asOf) });
    default:
      return standing satisfies never;
  }
}

/** Sources that were not heard as they should be, so that their silence proves nothing [FR1]. */
export function doubtful(sources: readonly SourceState[]): SourceState[] {
  return sources.filter(({ state }) => state === 'late' || state === 'down');
}

export function TrustAnswer() {
  const { t, tell, format } = useStrings();
  const standing = useStanding();
  const desk = useDesk((model) => model.desk);
  const doubts = doubtful(desk?.stores.flatMap(({ sources }) => sources) ?? []);
  const current = standing.kind === 'current';
  const look = !current ? 'no' : doubts.length > 0 ? 'but' : 'yes';
  const Icon = { yes: IconShieldCheck, but: IconShieldQuestion, no: IconShieldX }[look];
  // `since` is device time; the words around it count by the gateway's.
  const since = standing.kind === 'host-gone' ? standing.since : (desk?.since ?? 0);
  return (
    <section className={classNames(styles.answer, styles[look])} aria-label={t('health.question')}>
      <Icon size={40} stroke={1.6} aria-hidden />
      <div>
        <p className={styles.question}>{t('health.question')}</p>
        <p className={styles.words}>{tell(answerOf(standing, format))}</p>
        {current && doubts.length > 0 ? (
          <p className={styles.doubts}>
            {t('health.but', { sources: doubts.map(({ id }) => chainName(id)).join(', ') })}
          </p>
        ) : null}
      </div>
      <p className={styles.since}>
        {t('health.since', { time: format.time(since) })} <Ago at={since + (desk?.clock.offsetMs ?? 0)} />
      </p>
    </section>
  );
}

import { IconClockExclamation } from '@tabler/icons-react';
import type { ClockReading, DeskState } from '../../../contract/ipc.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { durationWords } from '../case/duration-words.ts';
import styles from './clock-card.module.css';

/** Less than the comparison's own error is no difference. */
function offsetWords({ offsetMs, errorMs }: ClockReading, tell: (message: Message) => string): Message {
  if (errorMs === null) return say('health.offsetUnknown');
  if (Math.abs(offsetMs) <= Math.max(errorMs, 1)) return say('health.offsetEqual');
  const span = tell(durationWords(offsetMs));
  return offsetMs > 0 ? say('health.offsetAhead', { span }) : say('health.offsetBehind', { span });
}

export function ClockCard({ desk: { clock } }: { desk: DeskState }) {
  const { t, tell } = useStrings();
  return (
    <Card title={t('health.clock')}>
      {clock.deviceClockWrong ? (
        <p className={styles.wrong} role="alert">
          <IconClockExclamation size={18} aria-hidden />
          {t('health.clockWrong', { span: tell(durationWords(clock.offsetMs)) })}
        </p>
      ) : null}
      <Facts>
        <Fact name={t('health.offset')}>
          {tell(offsetWords(clock, tell))}{' '}
          {clock.errorMs === null ? null : (
            <span className={styles.error}>
              {t('health.offsetError', { ms: Math.max(1, Math.ceil(clock.errorMs)) })}
            </span>
          )}
          {clock.approximate ? <p className={styles.error}>{t('health.approximate')}</p> : null}
        </Fact>
      </Facts>
    </Card>
  );
}

import type { DeskState } from '../../../contract/ipc.ts';
import { useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Sparkline } from '../../ui/sparkline.tsx';
import styles from './connection-card.module.css';
import { connectionWords, reasonWords } from './connection-words.ts';

function RoundTrip({ samples }: { samples: readonly number[] }) {
  const { t, format } = useStrings();
  const newest = samples.at(-1);
  if (newest === undefined) return t('health.notMeasured');
  const whole = (ms: number) => format.number(ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));
  const count = samples.length;
  return (
    <div className={styles.roundTrip}>
      <strong>{t('health.roundTripNow', { ms: whole(newest) })}</strong>
      <Sparkline values={samples} label={t('health.roundTripChart', { count, ms: whole(newest) })} />
      <small>
        {t('health.roundTripSpan', { least: whole(Math.min(...samples)), most: whole(Math.max(...samples)), count })}
      </small>
    </div>
  );
}

export function ConnectionCard({ desk }: { desk: DeskState }) {
  const { t, tell } = useStrings();
  const hostGone = useDesk((model) => model.link.state !== 'open');
  const reason = reasonWords(desk.connection);
  const detail = 'detail' in desk.connection ? desk.connection.detail : undefined;
  return (
    <Card title={t('health.connection')}>
      <Facts>
        <Fact name={t('health.state')}>
          {hostGone ? t('connection.hostGone') : tell(connectionWords(desk.connection))}
        </Fact>
        {reason ? (
          <Fact name={t('health.reason')}>
            {tell(reason)} {detail ? <small className={styles.detail}>{detail}</small> : null}
          </Fact>
        ) : null}
        <Fact name={t('health.gateway')}>
          {desk.gateway ? desk.gateway.url : t('health.unpaired')}{' '}
          {desk.gateway?.version ? (
            <small className={styles.detail}>{t('health.gatewayVersion', { version: desk.gateway.version })}</small>
          ) : null}
        </Fact>
        <Fact name={t('health.transport')}>{t(`transport.${desk.transport ?? 'none'}`)}</Fact>
        <Fact name={t('health.lastHeard')}>
          {desk.lastHeardAt === null ? t('health.never') : <Ago at={desk.lastHeardAt + desk.clock.offsetMs} />}
        </Fact>
        <Fact name={t('health.reconnects')}>{t('health.reconnectsValue', { count: desk.reconnects })}</Fact>
        <Fact name={t('health.roundTrip')}>
          <RoundTrip samples={desk.roundTrips} />
        </Fact>
      </Facts>
    </Card>
  );
}

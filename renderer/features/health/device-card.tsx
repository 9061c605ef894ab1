import type { DeskState } from '../../../contract/ipc.ts';
import { useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { ForgetDesk } from './forget-desk.tsx';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { Mark } from '../../ui/mark.tsx';

export function DeviceCard({ desk }: { desk: DeskState }) {
  const { t } = useStrings();
  const version = useDesk((model) => model.info?.version);
  const { journal, keyStorage } = desk;
  const ok = journal.state === 'ok';
  const warning = { tone: 'warn', icon: <IconAlertTriangle aria-hidden /> } as const;
  return (
    <Card title={t('health.desk')}>
      <Facts>
        {desk.desk ? <Fact name={t('health.name')}>{desk.desk.name}</Fact> : null}
        {desk.desk ? <Fact name={t('health.role')}>{t(`role.${desk.desk.role}`)}</Fact> : null}
        <Fact name={t('health.journal')}>
          {ok ? t('journal.ok') : <Mark {...warning}>{t(`journal.${journal.state}`)}</Mark>}
          {journal.detail ? <p>{journal.detail}</p> : null}
        </Fact>
        {version === undefined ? null : <Fact name={t('health.version')}>{version}</Fact>}
        <Fact name={t('health.keyStorage')}>
          <IconLock size={14} aria-hidden /> {t(`key.${keyStorage}`)}
        </Fact>
      </Facts>
      {desk.gateway ? <ForgetDesk /> : null}
    </Card>
  );
}

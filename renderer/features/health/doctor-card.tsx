import { IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import { doctorResult } from '../../../contract/doctor.ts';
import type { DoctorReport } from '../../../contract/doctor.ts';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { BusyButton } from '../../ui/busy-button.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './doctor-card.module.css';
import { DoctorSteps } from './doctor-steps.tsx';

function resultWords(report: DoctorReport, stepTitle: (step: DoctorReport['steps'][number]) => string): Message {
  const result = doctorResult(report);
  const failed = report.steps.find((step) => step.result === 'failed');
  if (result === 'failed' && failed) return say('doctor.result.failed', { step: stepTitle(failed) });
  return result === 'warning' ? say('doctor.result.warning') : say('doctor.result.ok');
}

/** Runs the doctor and shows what it finds as it finds it. */
export function DoctorCard({ gateway }: { gateway: string }) {
  const { t, tell, format } = useStrings();
  const { link } = useApp();
  const told = useDesk((model) => model.doctor);
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  // A report of a gateway this desk was paired with before says nothing of this one.
  const report = told?.gateway === gateway ? told : null;
  const running = asking || (report !== null && report.running !== null);
  const run = () => {
    setAsking(true);
    setFailed(null);
    link.bridge
      .runDoctor({})
      .catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)))
      .finally(() => setAsking(false));
  };
  const done = report !== null && report.running === null;
  return (
    <Card title={t('doctor.title')}>
      <div className={styles.head}>
        <p className={styles.intro}>{t('doctor.intro')}</p>
        <BusyButton icon={<IconStethoscope size={16} aria-hidden />} busy={running} onPress={run}>
          {running ? t('doctor.running') : report ? t('doctor.runAgain') : t('doctor.run')}
        </BusyButton>
      </div>
      <div role="status">
        {failed === null ? null : (
          <p className={styles.cannot}>{t('doctor.cannot', { message: faultText(failed, tell) })}</p>
        )}
        {done && !running ? (
          <p className={styles.result} data-result={doctorResult(report)}>
            {tell(resultWords(report, ({ step }) => t(`doctor.step.${step}`)))}{' '}
            <small>{t('doctor.at', { time: format.time(report.startedAt) })}</small>
          </p>
        ) : null}
      </div>
      {report ? <DoctorSteps report={report} /> : null}
    </Card>
  );
}

import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconLoader, IconXboxX } from '@tabler/icons-react';
import type { DoctorReport, DoctorResult, DoctorStep } from '../../../contract/doctor.ts';
import { doctorEnglish } from '../../../contract/doctor-english.ts';
import type { StringKey } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { Tone } from '../../ui/tone.ts';
import styles from './doctor-card.module.css';

const looks = {
  ok: { tone: 'good', Icon: IconCircleCheck },
  warning: { tone: 'warn', Icon: IconAlertTriangle },
  failed: { tone: 'bad', Icon: IconXboxX },
  skipped: { tone: 'quiet', Icon: IconCircleDashed },
} as const satisfies Record<DoctorResult, { tone: Tone; Icon: typeof IconCircleCheck }>;

/** Findings that need nobody have nothing to try. */
function attemptKey({ finding }: DoctorStep): StringKey | null {
  const key = `doctor.try.${finding}`;
  return key in doctorEnglish ? (key as StringKey) : null;
}

function Step({ step }: { step: DoctorStep }) {
  const { t, tell, format } = useStrings();
  const { tone, Icon } = looks[step.result];
  const attempt = attemptKey(step);
  return (
    <li className={styles.step}>
      <span className={styles.mark}>
        <Mark tone={tone} icon={<Icon aria-hidden />}>
          {t(`doctor.mark.${step.result}`)}
        </Mark>
      </span>
      <strong>{t(`doctor.step.${step.step}`)}</strong>
      <div className={styles.found}>
        <p>{tell({ key: `doctor.found.${step.finding}`, params: step.params })}</p>
        {attempt ? (
          <p className={styles.attempt}>{t('doctor.attempt', { text: tell({ key: attempt, params: step.params }) })}</p>
        ) : null}
      </div>
      <span className={styles.took}>
        {step.ms === null
          ? null
          : t('doctor.took', { ms: format.number(step.ms < 10 ? step.ms : Math.round(step.ms)) })}
      </span>
    </li>
  );
}

/** Every step as it is taken; those that were not reached any more share a line. */
export function DoctorSteps({ report }: { report: DoctorReport }) {
  const { t } = useStrings();
  const reached = report.steps.filter(({ finding }) => finding !== 'not-reached');
  const left = report.steps
    .filter(({ finding }) => finding === 'not-reached')
    .map(({ step }) => t(`doctor.step.${step}`));
  return (
    <>
      <ol className={styles.steps} aria-label={t('doctor.steps')}>
        {reached.map((step, n) => (
          <Step key={`${step.step} ${n}`} step={step} />
        ))}
        {report.running ? (
          <li className={styles.step}>
            <span className={styles.mark}>
              <Mark tone="calm" icon={<IconLoader aria-hidden />} dashed>
                {t('doctor.examining')}
              </Mark>
            </span>
            <strong>{t(`doctor.step.${report.running}`)}</strong>
          </li>
        ) : null}
      </ol>
      {left.length > 0 ? <p className={styles.left}>{t('doctor.left', { steps: left.join(', ') })}</p> : null}
    </>
  );
}

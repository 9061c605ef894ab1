import {
  IconAlertOctagon,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconEqual,
  IconEye,
  IconEyeOff,
  IconArrowsLeftRight,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Order } from '../../../contract/order.ts';
import type { Account } from '../../../contract/witnesses.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Mark } from '../../ui/mark.tsx';
import { Section } from '../../ui/section.tsx';
import tones from '../../ui/tone.module.css';
import styles from './case-witnesses.module.css';
import { witnessStanding } from './witness-standing.ts';
import type { Agreement, Saying } from './witness-standing.ts';

const sayings = {
  settled: { className: tones.good, Icon: IconCircleCheck },
  seen: { className: tones.calm, Icon: IconEye },
  lost: { className: tones.bad, Icon: IconCircleX },
  nothing: { className: tones.quiet, Icon: IconCircleDashed },
  blind: { className: tones.quiet, Icon: IconEyeOff },
} as const satisfies Record<Saying, unknown>;

const agreements = {
  agree: { tone: 'good', Icon: IconEqual },
  differ: { tone: 'warn', Icon: IconArrowsLeftRight },
  conflict: { tone: 'bad', Icon: IconAlertOctagon },
} as const satisfies Record<Exclude<Agreement, 'alone'>, unknown>;

interface WitnessProps {
  readonly name: string;
  readonly says: Saying;
  readonly account: Account;
}

function Witness({ name, says, account }: WitnessProps) {
  const { t, format } = useStrings();
  const { className, Icon } = sayings[says];
  const { since, received } = account;
  return (
    <div className={styles.witness}>
      <h4>{name}</h4>
      <p className={classNames(styles.says, className)}>
        <Icon size={17} aria-hidden />
        {t(`witness.${says}`)}
      </p>
      {received.map(({ chain, asset, amount, decimals, symbol }) => (
        <strong key={`${chain ?? ''} ${asset}`}>{format.cryptoExact(amount, decimals, symbol)}</strong>
      ))}
      {since === null ? null : (
        <small title={format.full(since)}>{t('case.since', { time: format.time(since) })}</small>
      )}
    </div>
  );
}

function AgreementMark({ agreement }: { agreement: keyof typeof agreements }) {
  const { t } = useStrings();
  const { tone, Icon } = agreements[agreement];
  return (
    <Mark tone={tone} solid={agreement === 'conflict'} icon={<Icon aria-hidden />}>
      {t(`witness.agreement.${agreement}`)}
    </Mark>
  );
}

/** What the processor says and what our node sees, side by side, and whether they are of one mind. */
export function CaseWitnesses({ order }: { order: Order }) {
  const { t } = useStrings();
  const { processor, processorSays, node, nodeSays, agreement } = useMemo(() => witnessStanding(order), [order]);
  if (agreement === 'alone' && nodeSays === 'nothing') return null;
  const mark = agreement === 'alone' ? null : <AgreementMark agreement={agreement} />;
  return (
    <Section title={t('witness.title')} aside={mark}>
      <div className={classNames(styles.witnesses, agreement === 'conflict' && styles.conflict)}>
        {processor && processorSays ? (
          <Witness name={t('witness.processor', { source: order.source })} says={processorSays} account={processor} />
        ) : null}
        <Witness name={t('witness.node')} says={nodeSays} account={node} />
      </div>
    </Section>
  );
}

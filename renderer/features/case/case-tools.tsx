import { IconFileExport, IconHistory, IconMessage2, IconQrcode } from '@tabler/icons-react';
import { useState } from 'react';
import type { Order } from '../../../contract/order.ts';
import { roles } from '../../../contract/protocol.ts';
import { useDesk } from '../../store/app-context.tsx';
import { usePast } from '../../store/past.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { ReasonedButton } from '../../ui/reasoned-button.tsx';
import type { ReasonedButtonProps } from '../../ui/reasoned-button.tsx';
import styles from './case-tools.module.css';
import { CustomerDialog } from './customer/customer-dialog.tsx';
import { QrDialog } from './qr/qr-dialog.tsx';
import type { Replay } from './replay/use-replay.ts';
import { useCaseExport } from './use-case-export.ts';
import type { ExportState } from './use-case-export.ts';

type ToolProps = Pick<ReasonedButtonProps, 'label' | 'icon' | 'why' | 'pressed' | 'onPress'>;

function Tool(props: ToolProps) {
  return <ReasonedButton {...props} size="compact-xs" variant={props.pressed ? 'light' : 'subtle'} />;
}

/** The gateway gives its signed file to support and admin. */
function useMayExport(): boolean {
  return useDesk(({ desk }) => roles.indexOf(desk?.desk?.role ?? 'staff') >= roles.indexOf('support'));
}

function Exported({ state }: { state: ExportState }) {
  const { t, tell } = useStrings();
  switch (state.kind) {
    case 'saved':
    case 'offered':
      return t(`tool.${state.kind}`);
    case 'failed':
      return t('tool.notExported', { reason: faultText(state.reason, tell) });
    case 'idle':
    case 'under-way':
      return null;
    default:
      return state satisfies never;
  }
}

/** What helps with a case and changes nothing of it. */
export function CaseTools({ order, replay }: { order: Order; replay: Replay }) {
  const { t } = useStrings();
  const past = usePast() !== null;
  const current = useAsOf() === null;
  const [asked, setAsked] = useState<'customer' | 'qr' | null>(null);
  const [exported, runExport] = useCaseExport(order);
  const mayExport = useMayExport();
  const then = past ? t('action.blocked.past') : null;
  const exporting = exported.kind === 'under-way';
  const notReplayed = replay.missing === null ? null : t(`replay.${replay.missing}`);
  const icon = { size: 14, 'aria-hidden': true } as const;
  const close = () => setAsked(null);
  return (
    <section className={styles.tools} aria-label={t('tool.list')}>
      <Tool
        label={t('tool.customer')}
        icon={<IconMessage2 {...icon} />}
        why={then}
        onPress={() => setAsked('customer')}
      />
      <Tool label={t('tool.qr')} icon={<IconQrcode {...icon} />} why={then} onPress={() => setAsked('qr')} />
      <Tool
        label={t('replay.open')}
        icon={<IconHistory {...icon} />}
        why={notReplayed}
        pressed={replay.open}
        onPress={() => (replay.open ? replay.close() : replay.show(null))}
      />
      {mayExport ? (
        <Tool
          label={t(exporting ? 'tool.exporting' : 'tool.export')}
          icon={<IconFileExport {...icon} />}
          why={then ?? (current ? null : t('action.blocked.notCurrent')) ?? (exporting ? t('tool.exporting') : null)}
          onPress={runExport}
        />
      ) : null}
      <p role="status" className={styles.told}>
        <Exported state={exported} />
      </p>
      {asked === 'customer' && !past ? <CustomerDialog order={order} onClose={close} /> : null}
      {asked === 'qr' && !past ? <QrDialog order={order} onClose={close} /> : null}
    </section>
  );
}

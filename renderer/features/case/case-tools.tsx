import { Button, Tooltip } from '@mantine/core';
import { IconFileExport, IconHistory, IconMessage2, IconQrcode } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Order } from '../../../contract/order.ts';
import { roles } from '../../../contract/protocol.ts';
import { useDesk } from '../../store/app-context.tsx';
import { usePast } from '../../store/past.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import styles from './case-tools.module.css';
import { CustomerDialog } from './customer/customer-dialog.tsx';
import { QrDialog } from './qr/qr-dialog.tsx';
import type { Replay } from './replay/use-replay.ts';
import { useCaseExport } from './use-case-export.ts';
import type { ExportState } from './use-case-export.ts';

interface ToolProps {
  readonly label: string;
  readonly icon: ReactNode;
  /** Why it cannot be used now; null: it can. */
  readonly why: string | null;
  readonly pressed?: boolean;
  readonly onUse: () => void;
}

function Tool({ label, icon, why, pressed, onUse }: ToolProps) {
  const { t } = useStrings();
  return (
    <Tooltip
      withinPortal={false}
      label={why ?? ''}
      disabled={why === null}
      events={{ hover: true, focus: true, touch: true }}
    >
      <Button
        aria-disabled={why !== null}
        aria-label={why === null ? label : t('action.why', { action: label, why })}
        {...(pressed !== undefined && { 'aria-pressed': pressed })}
        {...(why !== null && { 'data-disabled': true })}
        leftSection={icon}
        size="compact-xs"
        variant={pressed ? 'light' : 'subtle'}
        onClick={() => {
          if (why === null) onUse();
        }}
      >
        {label}
      </Button>
    </Tooltip>
  );
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
        onUse={() => setAsked('customer')}
      />
      <Tool label={t('tool.qr')} icon={<IconQrcode {...icon} />} why={then} onUse={() => setAsked('qr')} />
      <Tool
        label={t('replay.open')}
        icon={<IconHistory {...icon} />}
        why={notReplayed}
        pressed={replay.open}
        onUse={() => (replay.open ? replay.close() : replay.show(null))}
      />
      {mayExport ? (
        <Tool
          label={t(exporting ? 'tool.exporting' : 'tool.export')}
          icon={<IconFileExport {...icon} />}
          why={then ?? (current ? null : t('action.blocked.notCurrent')) ?? (exporting ? t('tool.exporting') : null)}
          onUse={runExport}
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

import { Alert, Button, NativeSelect } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { Order } from '../../../../contract/order.ts';
import { useTick } from '../../../store/app-context.tsx';
import { useAsOf } from '../../../store/use-standing.ts';
import { chainName } from '../../../strings/chain-name.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { CopyId } from '../../../ui/copy-id.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import styles from './qr-dialog.module.css';
import { qrPath } from './qr-path.ts';
import { qrStanding } from './qr-standing.ts';
import type { QrWay } from './qr-standing.ts';

function Code({ way }: { way: QrWay }) {
  const { t, format } = useStrings();
  const { option, due, uri } = way;
  const { size, path } = useMemo(() => qrPath(uri), [uri]);
  const amount = format.cryptoExact(due.toString(), option.decimals, option.symbol);
  return (
    <>
      <svg className={styles.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('qr.label', { amount })}>
        <path d={path} shapeRendering="crispEdges" />
      </svg>
      <p className={styles.amount}>{amount}</p>
      <Facts>
        <Fact name={t('payment.chain')}>{chainName(option.chain ?? '')}</Fact>
        <Fact name={t('case.address')}>
          <CopyId value={option.address ?? ''} what={t('case.address')} />
        </Fact>
        <Fact name={t('qr.link')}>
          <CopyId value={uri} what={t('qr.link')} />
        </Fact>
      </Facts>
    </>
  );
}

function Ways({ ways }: { ways: readonly QrWay[] }) {
  const { t, format } = useStrings();
  const [chosen, setChosen] = useState(ways[0]?.uri);
  const way = ways.find(({ uri }) => uri === chosen) ?? ways[0];
  if (!way) return null;
  const named = ({ option, due, uri }: QrWay) => ({
    value: uri,
    label: t('qr.way', {
      amount: format.cryptoExact(due.toString(), option.decimals, option.symbol),
      chain: chainName(option.chain ?? ''),
    }),
  });
  return (
    <>
      {ways.length > 1 ? (
        <NativeSelect
          label={t('qr.ways')}
          data={ways.map(named)}
          value={way.uri}
          onChange={({ currentTarget }) => setChosen(currentTarget.value)}
        />
      ) : null}
      <Code way={way} />
    </>
  );
}

/** A code with which a wallet pays what is due; never one for an order that money would not help, without words. */
export function QrDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t, tell, format } = useStrings();
  const current = useAsOf() === null;
  const [asked, setAsked] = useState<string | null>(null);
  const now = useTick((time) => time.now);
  const { kind, ways, why } = qrStanding(order, { now, current, time: format.time });
  // A reason that has changed has to be read anew.
  const shown = kind === 'ready' || (kind === 'ask' && asked === why.key);
  return (
    <Dialog title={t('qr.title', { reference: order.reference || order.sourceRef })} onClose={onClose}>
      <div className={styles.dialog}>
        {why === null ? null : (
          <Alert
            color={kind === 'ask' ? 'orange' : 'gray'}
            icon={kind === 'ask' ? <IconAlertTriangle aria-hidden /> : <IconInfoCircle aria-hidden />}
            classNames={{ message: styles.why ?? '' }}
          >
            {tell(why)}
          </Alert>
        )}
        {kind === 'ask' && !shown ? (
          <Button variant="default" onClick={() => setAsked(why.key)}>
            {t('qr.anyway')}
          </Button>
        ) : null}
        {shown ? <Ways ways={ways} /> : null}
      </div>
    </Dialog>
  );
}

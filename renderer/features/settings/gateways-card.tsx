import { Button, Group } from '@mantine/core';
import { IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { PairedGateway } from '../../../contract/gateways.ts';
import { useApp } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { Card } from '../../ui/card.tsx';
import danger from '../../ui/danger.module.css';
import { Dialog } from '../../ui/dialog.tsx';
import { Mark } from '../../ui/mark.tsx';
import { PairForm } from '../onboarding/pair-form.tsx';
import styles from './settings-view.module.css';
import { useGateways } from './use-gateways.ts';
import type { Gateways } from './use-gateways.ts';

interface ItemProps {
  readonly gateway: PairedGateway;
  readonly gateways: Gateways;
  readonly onForget: (gateway: PairedGateway) => void;
}

function Item({ gateway, gateways, onForget }: ItemProps) {
  const { t } = useStrings();
  const { id, host, desk, stores, shown, shownUntil } = gateway;
  return (
    <li>
      <div className={styles.gateway}>
        <strong>{host}</strong>
        <span>{t('gateways.desk', { name: desk.name, role: t(`role.${desk.role}`) })}</span>
        {stores.length > 0 ? <span className={styles.soft}>{stores.map(({ name }) => name).join(' · ')}</span> : null}
        {shown ? (
          <Mark tone="good" icon={<IconCircleCheck aria-hidden />}>
            {t('gateways.shown')}
          </Mark>
        ) : null}
        {shownUntil === null ? null : (
          <span className={styles.soft}>
            {t('gateways.lastShown')} <Ago at={shownUntil} />
          </span>
        )}
      </div>
      <Group gap="xs">
        {shown ? null : (
          <Button
            size="compact-sm"
            disabled={gateways.busy}
            aria-label={t('gateways.showHost', { host })}
            onClick={() => void gateways.show(id)}
          >
            {t('gateways.show')}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          disabled={gateways.busy}
          aria-label={t('gateways.forgetHost', { host })}
          onClick={() => onForget(gateway)}
        >
          {t('gateways.forget')}
        </Button>
      </Group>
    </li>
  );
}

interface ForgetProps {
  readonly gateway: PairedGateway;
  readonly onClose: () => void;
  readonly onForget: () => void;
}

function ForgetDialog({ gateway, onClose, onForget }: ForgetProps) {
  const { t } = useStrings();
  return (
    <Dialog title={t('gateways.forgetTitle', { host: gateway.host })} onClose={onClose}>
      <p>{t('health.forgetText')}</p>
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('health.cancel')}
        </Button>
        <Button className={danger.button} onClick={onForget}>
          {t('gateways.forgetConfirm')}
        </Button>
      </Group>
    </Dialog>
  );
}

/** All gateways of this profile: one is on the screen, the others wait. */
export function GatewaysCard() {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const gateways = useGateways();
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<PairedGateway | null>(null);
  const { list, failed } = gateways;
  return (
    <Card title={t('gateways.title')}>
      <p className={styles.soft}>{t('gateways.explain')}</p>
      {(list?.length ?? 0) > 1 ? <p className={styles.soft}>{t('gateways.silent')}</p> : null}
      {failed === null ? null : <p role="alert">{t('gateways.failed', { message: faultText(failed, tell) })}</p>}
      <ul className={styles.gateways} aria-label={t('gateways.title')}>
        {(list ?? []).map((gateway) => (
          <Item key={gateway.id} gateway={gateway} gateways={gateways} onForget={setLeaving} />
        ))}
      </ul>
      <Button
        mt="sm"
        size="xs"
        variant="default"
        leftSection={<IconPlus size={15} aria-hidden />}
        onClick={() => setAdding(true)}
      >
        {t('gateways.add')}
      </Button>
      {adding ? (
        <Dialog title={t('gateways.addTitle')} onClose={() => setAdding(false)}>
          <PairForm
            pair={(offer) => link.bridge.addGateway(offer)}
            onPaired={() => {
              setAdding(false);
              void gateways.read();
            }}
          />
        </Dialog>
      ) : null}
      {leaving ? (
        <ForgetDialog
          gateway={leaving}
          onClose={() => setLeaving(null)}
          onForget={() => {
            void gateways.forget(leaving.id);
            setLeaving(null);
          }}
        />
      ) : null}
    </Card>
  );
}

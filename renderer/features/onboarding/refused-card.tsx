import { Button, Group } from '@mantine/core';
import { IconKeyOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Late } from '../../ui/late.tsx';
import { latePairAnew } from './late-pair-anew.ts';
import styles from './refused-card.module.css';

const icons = { revoked: IconPlugConnectedX, unauthorized: IconKeyOff } as const;

/**
 * The gateway turned this desk away, and only a person can help: says why, what stays visible meanwhile, and how to sign in
 * again. Nothing while it is let in, or while updating is what helps.
 */
export function RefusedCard() {
  const { t } = useStrings();
  const { bridge } = useApp().link;
  const [pairing, setPairing] = useState(false);
  const code = useDesk(({ desk }) => (desk?.connection.state === 'refused' ? desk.connection.code : null));
  const host = useDesk(({ desk }) => URL.parse(desk?.gateway?.url ?? '')?.host ?? '');
  if (code !== 'revoked' && code !== 'unauthorized') return null;
  const Icon = icons[code];
  return (
    <section className={styles.card} aria-label={t(`refused.${code}.title`)}>
      <Icon size={30} aria-hidden />
      <div>
        <h2>{t(`refused.${code}.title`)}</h2>
        <p>{t(`refused.${code}.text`, { host })}</p>
        <p>{t('refused.meanwhile')}</p>
        <Group mt="sm" gap="xs">
          <Button onClick={() => setPairing(true)}>{t('refused.signIn')}</Button>
          {/* A desk that was turned away by mistake is let in again without a code. */}
          <Button variant="default" onClick={() => void bridge.retryConnection({}).catch(() => undefined)}>
            {t('band.tryNow')}
          </Button>
        </Group>
      </div>
      {pairing ? <Late part={latePairAnew} given={{ onClose: () => setPairing(false) }} where="over" /> : null}
    </section>
  );
}

import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import danger from '../../ui/danger.module.css';
import { Dialog } from '../../ui/dialog.tsx';

/** Deletes the pairing, its key and its journal from this device, once a person has agreed. */
export function ForgetDesk() {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const close = () => {
    setAsking(false);
    setFailed(null);
  };
  const forget = () => {
    link.bridge.forgetPairing({}).then(close, (error: unknown) => {
      setFailed(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <>
      <Button size="compact-sm" variant="default" mt="sm" onClick={() => setAsking(true)}>
        {t('health.forget')}
      </Button>
      {asking ? (
        <Dialog title={t('health.forgetTitle')} onClose={close}>
          <p>{t('health.forgetText')}</p>
          {failed === null ? null : (
            <p role="alert">{t('health.forgetFailed', { message: faultText(failed, tell) })}</p>
          )}
          <Group mt="md" justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              {t('health.cancel')}
            </Button>
            <Button className={danger.button} onClick={forget}>
              {t('health.forgetConfirm')}
            </Button>
          </Group>
        </Dialog>
      ) : null}
    </>
  );
}

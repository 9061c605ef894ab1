import { Button, Radio, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ProxySettings, ProxyView } from '../../../contract/proxy.ts';
import { useApp } from '../../store/app-context.tsx';
import { faultText } from '../../strings/fault-text.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

const modes = ['system', 'direct', 'manual'] as const satisfies readonly ProxySettings['mode'][];

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function Form({ view, onView }: { view: ProxyView; onView: (view: ProxyView) => void }) {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [mode, setMode] = useState<ProxySettings['mode']>(view.settings.mode);
  const [url, setUrl] = useState(view.settings.mode === 'manual' ? view.settings.url : '');
  const [refused, setRefused] = useState<string | null>(null);
  const [kept, setKept] = useState(false);
  const isManual = mode === 'manual';
  const keep = async () => {
    setKept(false);
    try {
      onView(await link.bridge.writeProxy({ settings: mode === 'manual' ? { mode, url } : { mode } }));
      setRefused(null);
      setKept(true);
    } catch (error) {
      setRefused(messageOf(error));
    }
  };
  return (
    <form
      className={styles.rows}
      onSubmit={(event) => {
        event.preventDefault();
        void keep();
      }}
    >
      <Radio.Group
        aria-label={t('settings.proxy')}
        value={mode}
        onChange={(value) => setMode(modes.find((each) => each === value) ?? 'system')}
      >
        <div className={styles.choices}>
          {modes.map((each) => (
            <Radio key={each} value={each} label={t(`settings.proxy.${each}`)} />
          ))}
        </div>
      </Radio.Group>
      {isManual ? (
        <TextInput
          label={t('settings.proxyUrl')}
          placeholder={t('settings.proxyExample')}
          required
          spellCheck={false}
          autoComplete="off"
          value={url}
          error={refused === null ? null : faultText(refused, tell)}
          onChange={({ currentTarget }) => setUrl(currentTarget.value)}
        />
      ) : null}
      {refused !== null && !isManual ? <p role="alert">{refused}</p> : null}
      <div className={styles.row}>
        <Button type="submit" size="xs" disabled={isManual && url.trim() === ''}>
          {t('settings.proxyKeep')}
        </Button>
        <span role="status" className={styles.soft}>
          {kept ? t('settings.proxyKept') : ''}
        </span>
      </div>
    </form>
  );
}

/** The way to the gateway through the network's proxy; in a browser the environment decides, and the card says so. */
export function ProxyCard() {
  const { t, tell } = useStrings();
  const { link } = useApp();
  const [view, setView] = useState<ProxyView | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    link.bridge.readProxy({}).then(
      (read) => {
        if (!left) setView(read);
      },
      (error: unknown) => {
        if (!left) setFailed(messageOf(error));
      },
    );
    return () => {
      left = true;
    };
  }, [link]);
  return (
    <Card title={t('settings.proxy')}>
      {failed === null ? null : <p role="alert">{t('settings.proxyUnread', { reason: faultText(failed, tell) })}</p>}
      {view ? (
        <>
          <p className={styles.soft}>
            {view.inUse === null ? t('settings.proxyNoneUsed') : t('settings.proxyUsed', { proxy: view.inUse })}
          </p>
          {view.editable ? <Form view={view} onView={setView} /> : <p>{t('settings.proxyFixed')}</p>}
        </>
      ) : null}
    </Card>
  );
}

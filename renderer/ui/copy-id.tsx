import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStrings } from '../strings/strings-context.tsx';
import styles from './copy-id.module.css';

/** Shortens a long identifier in its middle, where people do not compare. */
export function shortened(id: string): string {
  return id.length <= 22 ? id : `${id.slice(0, 10)}…${id.slice(-8)}`;
}

/** An identifier, in full on hover, copied by a click. */
export function CopyId({ value, what }: { value: string; what: string }) {
  const { t } = useStrings();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1600);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => {
    void navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button
      type="button"
      className={styles.copy}
      onClick={copy}
      title={value}
      aria-label={t('copy.label', { what, id: shortened(value) })}
    >
      <code>{shortened(value)}</code>
      {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
      <span role="status" className={styles.status}>
        {copied ? t('copy.done') : null}
      </span>
    </button>
  );
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useDesk } from '../../store/app-context.tsx';
import { say } from '../../strings/message.ts';
import type { Message } from '../../strings/message.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { holderOf, isTaken, keyOf, shownKey } from '../shortcuts/shortcut-keys.ts';
import type { Keys, ShortcutAction } from '../shortcuts/shortcut-keys.ts';
import styles from './settings-view.module.css';

interface Props {
  readonly action: ShortcutAction;
  readonly keys: Keys;
  /** @param key an empty text for none */
  readonly onChange: (key: string) => void;
}

type Pressed = { readonly kind: 'leave' | 'wait' } | { readonly kind: 'take'; readonly key: string };

/** What a press means while a new key is waited for: Esc leaves, Backspace takes the key away, Tab goes on. */
function pressed(event: KeyboardEvent): Pressed {
  if (event.key === 'Escape' || event.key === 'Tab') return { kind: 'leave' };
  if (event.key === 'Backspace' || event.key === 'Delete') return { kind: 'take', key: '' };
  const key = keyOf(event.nativeEvent);
  return key === null ? { kind: 'wait' } : { kind: 'take', key };
}

/** One action and its key; a press on the key waits for another one. */
export function ShortcutRow({ action, keys, onChange }: Props) {
  const { t, tell } = useStrings();
  const platform = useDesk((model) => model.info?.platform ?? '');
  const [waits, setWaits] = useState(false);
  const [refused, setRefused] = useState<Message | null>(null);
  const name = t(`shortcut.${action}`);
  const key = keys[action];
  const shown = key === null ? t('settings.noKey') : shownKey(key, platform);

  const refusal = (wanted: string): Message | null => {
    const label = shownKey(wanted, platform);
    if (isTaken(wanted)) return say('settings.keyTaken', { key: label });
    const holder = wanted === '' ? null : holderOf(keys, wanted, action);
    return holder && say('settings.keyHeld', { key: label, action: t(`shortcut.${holder}`) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!waits) return;
    const press = pressed(event);
    if (event.key !== 'Tab') event.preventDefault();
    event.stopPropagation();
    if (press.kind === 'wait') return;
    const why = press.kind === 'take' ? refusal(press.key) : null;
    setRefused(why);
    if (why) return;
    setWaits(false);
    if (press.kind === 'take') onChange(press.key);
  };
  return (
    <li>
      <span>{name}</span>
      <Button
        size="compact-sm"
        variant={waits ? 'filled' : 'default'}
        aria-label={
          waits ? `${name}: ${t('settings.pressKey')}` : t('settings.changeKey', { action: name, key: shown })
        }
        onClick={() => setWaits(true)}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setWaits(false);
          setRefused(null);
        }}
      >
        {waits ? t('settings.pressKey') : shown}
      </Button>
      <p className={styles.refused} role="status">
        {refused ? tell(refused) : ''}
      </p>
    </li>
  );
}

import { Button, Switch } from '@mantine/core';
import { IconVolume } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { soundKinds } from '../../../contract/settings.ts';
import { useApp, useSettings } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

/** Milliseconds without a move after which a volume is kept. */
const SETTLE_MS = 200;

/** Follows the hand at once, and is kept once the hand rests. */
function Volume() {
  const { t } = useStrings();
  const [{ sounds }, change] = useSettings();
  const [moved, setMoved] = useState<number | null>(null);
  useEffect(() => {
    if (moved === null) return undefined;
    const timer = setTimeout(() => {
      change({ sounds: { ...sounds, volume: moved / 100 } });
      setMoved(null);
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [moved, sounds, change]);
  return (
    <label className={styles.volume}>
      {t('settings.volume')}
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={moved ?? Math.round(sounds.volume * 100)}
        onChange={({ currentTarget }) => setMoved(Number(currentTarget.value))}
      />
    </label>
  );
}

export function SoundsCard() {
  const { t } = useStrings();
  const { chime } = useApp();
  const [{ sounds }, change] = useSettings();
  return (
    <Card title={t('settings.sounds')}>
      <div className={styles.rows}>
        <Switch
          label={t('settings.soundsOn')}
          checked={sounds.on}
          onChange={({ currentTarget }) => change({ sounds: { ...sounds, on: currentTarget.checked } })}
        />
        <Volume />
        {soundKinds.map((kind) => (
          <div key={kind} className={styles.row}>
            <Switch
              label={t(`settings.kind.${kind}`)}
              checked={sounds.kinds[kind]}
              onChange={({ currentTarget }) =>
                change({ sounds: { ...sounds, kinds: { ...sounds.kinds, [kind]: currentTarget.checked } } })
              }
            />
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t(`settings.try.${kind}`)}
              leftSection={<IconVolume size={15} aria-hidden />}
              onClick={() => chime.test(kind, sounds.volume)}
            >
              {t('settings.try')}
            </Button>
          </div>
        ))}
      </div>
    </Card>
  );
}

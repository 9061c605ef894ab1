import { NativeSelect } from '@mantine/core';
import { explorers, explorersOf } from '../../../contract/explorers.ts';
import { useSettings } from '../../store/app-context.tsx';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Card } from '../../ui/card.tsx';
import styles from './settings-view.module.css';

/** Chains that more than one explorer shows. */
function chainsToChooseFor(): readonly string[] {
  return [...new Set(explorers.map(({ chain }) => chain))].filter((chain) => explorersOf(chain).length > 1);
}

export function ExplorersCard() {
  const { t } = useStrings();
  const [{ explorers: chosen }, change] = useSettings();
  return (
    <Card title={t('settings.explorers')}>
      <p className={styles.soft}>{t('settings.explorersHelp')}</p>
      <div className={styles.rows}>
        {chainsToChooseFor().map((chain) => {
          const names = explorersOf(chain).map(({ name }) => name);
          const value = names.find((name) => name === chosen[chain]) ?? names[0];
          return (
            <NativeSelect
              key={chain}
              label={chainName(chain)}
              data={names}
              value={value ?? ''}
              onChange={({ currentTarget }) => change({ explorers: { ...chosen, [chain]: currentTarget.value } })}
            />
          );
        })}
      </div>
    </Card>
  );
}

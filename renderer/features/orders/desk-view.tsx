import { memo, useState } from 'react';
import type { Ref } from 'react';
import { useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Late } from '../../ui/late.tsx';
import { lateCase } from '../case/late-case.ts';
import { lateUnmatched } from '../unmatched/late-unmatched.ts';
import { useMoneyCommands } from '../unmatched/use-money-commands.ts';
import { Counters } from './counters.tsx';
import unseen from '../../ui/unseen.module.css';
import styles from './desk-view.module.css';
import { FilterBar } from './filter-bar.tsx';
import { OrderQueue } from './order-queue.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import { useQueueRows } from './use-queue-rows.ts';

/** Drawn with every order that comes; what stands beside it is not. */
const QueueSide = memo(function QueueSide({ searchRef }: { searchRef: Ref<HTMLInputElement> }) {
  const rows = useQueueRows();
  return (
    <div className={styles.queueSide}>
      <div className={styles.top}>
        <Counters />
      </div>
      <FilterBar rows={rows} searchRef={searchRef} />
      <OrderQueue rows={rows} />
    </div>
  );
});

export function DeskView() {
  const { t } = useStrings();
  const opened = useUi((model) => model.opened);
  const unmatched = useUi((model) => model.unmatched);
  const [search, setSearch] = useState<HTMLInputElement | null>(null);
  // Held here, so that a decision under way is still known to be when a case was opened in between.
  const moneyCommands = useMoneyCommands();
  useDeskKeys(search);
  return (
    <div className={styles.view}>
      <h1 className={unseen.unseen}>{t('desk.title')}</h1>
      <QueueSide searchRef={setSearch} />
      {opened ? <Late key={opened} part={lateCase} given={{ orderKey: opened }} where="beside" /> : null}
      {unmatched && !opened ? <Late part={lateUnmatched} given={{ commands: moneyCommands }} where="beside" /> : null}
    </div>
  );
}

import { Button } from '@mantine/core';
import { IconFilterOff, IconInbox, IconPlugConnectedX } from '@tabler/icons-react';
import { useApp, useDesk } from '../../store/app-context.tsx';
import { everything } from '../../store/order-filter.ts';
import { useAsOf } from '../../store/use-standing.ts';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

function NoneYet() {
  const { t } = useStrings();
  const { ui } = useApp();
  const heard = useDesk((model) =>
    (model.desk?.stores ?? [])
      .flatMap(({ sources }) => sources)
      .filter(({ state }) => state === 'hearing')
      .map(({ id }) => chainName(id))
      .join(', '),
  );
  return (
    <EmptyState icon={<IconInbox size={28} aria-hidden />} title={t('empty.noneTitle')} text={t('empty.noneText')}>
      <p>{heard === '' ? t('empty.noneSources') : t('empty.noneHearing', { sources: heard })}</p>
      <Button variant="default" onClick={() => ui.setState({ view: 'health' })}>
        {t('empty.toHealth')}
      </Button>
    </EmptyState>
  );
}

/** Three reasons for an empty queue, each with what to do: nothing came, nothing fits, nothing is known. */
export function EmptyQueue({ held }: { held: number }) {
  const { t } = useStrings();
  const { ui } = useApp();
  const asOf = useAsOf();
  if (held > 0) {
    return (
      <EmptyState
        icon={<IconFilterOff size={28} aria-hidden />}
        title={t('empty.filterTitle')}
        text={t('empty.filterText')}
      >
        <Button variant="default" onClick={() => ui.setState({ filter: everything })}>
          {t('empty.filterClear')}
        </Button>
      </EmptyState>
    );
  }
  if (asOf === null) return <NoneYet />;
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={28} aria-hidden />}
      title={t('empty.notLiveTitle')}
      text={t('empty.notLiveText')}
    />
  );
}

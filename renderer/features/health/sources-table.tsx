import { IconBellZ, IconClockExclamation, IconPlugOff, IconWaveSine } from '@tabler/icons-react';
import type { StoreView } from '../../../contract/ipc.ts';
import type { Freshness } from '../../../contract/source-state.ts';
import { useTick } from '../../store/app-context.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { chainName } from '../../strings/chain-name.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { Ago } from '../../ui/ago.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { Tone } from '../../ui/tone.ts';
import { durationWords } from '../case/duration-words.ts';
import { HealthTable } from './health-table.tsx';
import styles from './health-table.module.css';
import { noteText } from './note-words.ts';

const looks = {
  hearing: { tone: 'good', Icon: IconWaveSine },
  quiet: { tone: 'calm', Icon: IconBellZ },
  late: { tone: 'warn', Icon: IconClockExclamation },
  down: { tone: 'bad', Icon: IconPlugOff },
} as const satisfies Record<Freshness, { tone: Tone; Icon: typeof IconWaveSine }>;

function State({ state }: { state: Freshness }) {
  const { t } = useStrings();
  const current = useAsOf() === null;
  const { tone, Icon } = looks[state];
  return (
    // What is not current may not look well: a source's state is then only what it was.
    <Mark tone={current ? tone : 'quiet'} icon={<Icon aria-hidden />} title={t(`freshness.${state}Title`)}>
      {t(`freshness.${state}`)}
    </Mark>
  );
}

/** When the gateway said what is shown of a store's sources: it says so by samples, so that it may be a minute old. */
function Told({ store, named }: { store: StoreView; named: boolean }) {
  const { t, format } = useStrings();
  const at = store.sourcesAt;
  const ago = useTick(({ now }) => (at === null ? '' : format.relative(Math.min(at, now), now)));
  const words = at === null ? t('sources.toldBefore') : t('sources.told', { ago });
  return (
    <p className={styles.told} title={at === null ? undefined : format.full(at)}>
      {named ? `${store.name}: ${words}` : words}
    </p>
  );
}

/** Per source: is it heard, when was it last, and how far behind its own time is it [FR1]. */
export function SourcesTable({ stores }: { stores: readonly StoreView[] }) {
  const { t, tell } = useStrings();
  const rows = stores.flatMap((store) => store.sources.map((source) => ({ store, source })));
  return (
    <HealthTable
      title={t('health.sources')}
      rows={rows}
      keyOf={({ store, source }) => `${store.id} ${source.id}`}
      empty={t('health.sourcesEmpty')}
      columns={[
        {
          name: t('sources.source'),
          cell: ({ store, source }) => (
            <>
              <span title={source.id}>{chainName(source.id)}</span>
              <small>{stores.length > 1 ? `${source.kind} · ${store.name}` : source.kind}</small>
            </>
          ),
        },
        { name: t('sources.state'), cell: ({ source }) => <State state={source.state} /> },
        {
          name: t('sources.lastHeard'),
          cell: ({ source: { lastHeardAt } }) => (lastHeardAt === null ? t('health.never') : <Ago at={lastHeardAt} />),
        },
        {
          name: t('sources.lag'),
          cell: ({ source: { lagMs } }) => (lagMs === null ? t('sources.notKnown') : tell(durationWords(lagMs))),
        },
        {
          name: t('sources.note'),
          cell: ({ source: { note } }) => (note === undefined ? null : noteText(note, tell)),
          text: true,
        },
      ]}
    >
      {stores
        .filter(({ sources }) => sources.length > 0)
        .map((store) => (
          <Told key={store.id} store={store} named={stores.length > 1} />
        ))}
    </HealthTable>
  );
}

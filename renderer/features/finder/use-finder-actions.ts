import {
  IconActivityHeartbeat,
  IconBell,
  IconBellOff,
  IconBookmark,
  IconBuildingStore,
  IconChartBar,
  IconCoins,
  IconDeviceTv,
  IconFilter,
  IconHistory,
  IconLayoutList,
  IconLink,
  IconPalette,
  IconPlugConnected,
  IconSettings,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useApp, useDesk, useSettings, useUi } from '../../store/app-context.tsx';
import { everything, statusFilters } from '../../store/order-filter.ts';
import type { OrderKey } from '../../store/order-key.ts';
import { filterFrom } from '../../store/saved-filters.ts';
import type { View } from '../../store/ui-store.ts';
import { useStandingKind } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { appearances } from '../shell/appearance.ts';
import { enterCounter } from '../counter/counter-mode.ts';
import type { FinderAction } from './finder-action.ts';

const places = [
  ['desk', IconLayoutList],
  ['insights', IconChartBar],
  ['health', IconActivityHeartbeat],
  ['settings', IconSettings],
  ['replay', IconHistory],
] as const satisfies readonly (readonly [View, typeof IconHistory])[];

/** A link that opens the desktop application at an order. */
function linkTo(key: OrderKey): string {
  return `tillwatch://order/${key}`;
}

function usePlaces(): readonly FinderAction[] {
  const { t } = useStrings();
  const { ui } = useApp();
  const [, change] = useSettings();
  return useMemo(
    () => [
      ...places.map(([view, Icon]) => ({
        ...{ id: `go ${view}`, label: t(`finder.go.${view}`), words: t(`finder.goWords.${view}`), Icon },
        run: () => ui.setState({ view }),
      })),
      {
        ...{ id: 'counter', label: t('counterMode.enter'), words: t('finder.goWords.counter'), Icon: IconDeviceTv },
        run: () => enterCounter(ui, change),
      },
    ],
    [t, ui, change],
  );
}

function useFilters(): readonly FinderAction[] {
  const { t } = useStrings();
  const { ui } = useApp();
  const stores = useDesk((model) => model.desk?.stores);
  const saved = useDesk((model) => model.settings.savedFilters);
  const hasMoney = useDesk((model) => model.unmatched.size > 0);
  return useMemo(() => {
    const ids = (stores ?? []).map(({ id }) => id);
    const shown = (id: string, label: string, Icon: FinderAction['Icon'], state: Partial<typeof everything>) => ({
      ...{ id, label, Icon },
      run: () => ui.setState(({ filter }) => ({ view: 'desk', filter: { ...filter, ...state } })),
    });
    const shops = ids.length < 2 ? [] : [{ id: null, name: t('header.allStores') }, ...(stores ?? [])];
    return [
      ...statusFilters.map((status) =>
        shown(`show ${status}`, t('finder.show', { what: t(`filter.${status}`) }), IconFilter, {
          ...everything,
          status,
        }),
      ),
      ...shops.map(({ id, name }) =>
        shown(`store ${id ?? ''}`, t('finder.store', { store: name }), IconBuildingStore, { store: id }),
      ),
      ...saved.map((each) =>
        shown(`saved ${each.name}`, t('finder.saved', { name: each.name }), IconBookmark, filterFrom(each, ids)),
      ),
      ...(hasMoney
        ? [
            {
              ...{ id: 'money', label: t('finder.money'), Icon: IconCoins },
              run: () => ui.setState({ view: 'desk', unmatched: true, opened: null }),
            },
          ]
        : []),
    ];
  }, [t, ui, stores, saved, hasMoney]);
}

/** What can be done with what is there now. */
function useOccasions(): readonly FinderAction[] {
  const { t } = useStrings();
  const { link } = useApp();
  const opened = useUi((model) => model.opened);
  const inBrowser = useDesk((model) => model.info?.host === 'browser');
  const live = useStandingKind() === 'current';
  return useMemo(() => {
    const retry: FinderAction = {
      ...{ id: 'retry', label: t('band.tryNow'), words: t('finder.retryWords'), Icon: IconPlugConnected },
      run: () => {
        link.retry();
        link.bridge.retryConnection({}).catch(() => undefined);
      },
    };
    const copy = (key: OrderKey): FinderAction => ({
      ...{ id: 'copy', label: t('finder.copyLink'), Icon: IconLink },
      run: () => {
        const text = inBrowser ? window.location.href : linkTo(key);
        void navigator.clipboard.writeText(text).catch(() => undefined);
      },
    });
    return [...(live ? [] : [retry]), ...(opened === null ? [] : [copy(opened)])];
  }, [t, link, opened, inBrowser, live]);
}

function useSwitches(): readonly FinderAction[] {
  const { t } = useStrings();
  const [{ sounds }, change] = useSettings();
  return useMemo(
    () => [
      {
        ...{ id: 'mute', label: t(sounds.on ? 'header.mute' : 'header.unmute') },
        Icon: sounds.on ? IconBellOff : IconBell,
        run: () => change({ sounds: { ...sounds, on: !sounds.on } }),
      },
      ...appearances.map((appearance) => ({
        ...{ id: `theme ${appearance}`, label: t('header.theme', { theme: t(`theme.${appearance}`) }) },
        Icon: IconPalette,
        run: () => change({ appearance }),
      })),
    ],
    [t, sounds, change],
  );
}

/** All commands and places, in the order in which they are offered while nothing is typed. */
export function useFinderActions(): readonly FinderAction[] {
  const [occasions, go, filters, switches] = [useOccasions(), usePlaces(), useFilters(), useSwitches()];
  return useMemo(() => [...occasions, ...go, ...filters, ...switches], [occasions, go, filters, switches]);
}

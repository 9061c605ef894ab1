import { ActionIcon, Menu, NativeSelect } from '@mantine/core';
import { IconBell, IconBellOff, IconContrast2, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import type { Settings } from '../../../contract/settings.ts';
import { useApp, useDesk, useSettings, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Brand } from '../../ui/brand.tsx';
import { appearances } from './appearance.ts';
import styles from './header.module.css';
import { StatusStrip } from './status-strip.tsx';

function StoreSwitch() {
  const { t } = useStrings();
  const { ui } = useApp();
  const chosen = useUi((model) => model.filter.store);
  const ids = useDesk(useShallow((model) => (model.desk?.stores ?? []).map(({ id }) => id)));
  const names = useDesk(useShallow((model) => (model.desk?.stores ?? []).map(({ name }) => name)));
  const options = ids.map((value, n) => ({ value, label: names[n] ?? value }));
  if (options.length <= 1) return <span className={styles.store}>{options[0]?.label}</span>;
  return (
    <NativeSelect
      size="xs"
      aria-label={t('header.store')}
      value={chosen ?? ''}
      data={[{ value: '', label: t('header.allStores') }, ...options]}
      onChange={({ currentTarget }) => {
        const store = currentTarget.value === '' ? null : currentTarget.value;
        ui.setState(({ filter }) => ({ filter: { ...filter, store } }));
      }}
    />
  );
}

function MuteButton() {
  const { t } = useStrings();
  const [{ sounds }, change] = useSettings();
  const label = sounds.on ? t('header.mute') : t('header.unmute');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => change({ sounds: { ...sounds, on: !sounds.on } })}
    >
      {sounds.on ? <IconBell size={19} aria-hidden /> : <IconBellOff size={19} aria-hidden />}
    </ActionIcon>
  );
}

const icons = {
  light: IconSun,
  dark: IconMoon,
  'high-contrast': IconContrast2,
  system: IconDeviceDesktop,
} as const satisfies Record<Settings['appearance'], unknown>;

function AppearanceMenu() {
  const { t } = useStrings();
  const [{ appearance }, change] = useSettings();
  const label = t('header.theme', { theme: t(`theme.${appearance}`) });
  const Chosen = icons[appearance];
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label}>
          <Chosen size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('header.themeMenu')}>
        {appearances.map((each) => {
          const Icon = icons[each];
          return (
            <Menu.RadioItem
              key={each}
              value={each}
              checked={each === appearance}
              onChange={() => change({ appearance: each })}
            >
              <span className={styles.theme}>
                <Icon size={16} aria-hidden />
                {t(`theme.${each}`)}
              </span>
            </Menu.RadioItem>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}

export function Header() {
  return (
    <header className={styles.header}>
      <Brand />
      <StoreSwitch />
      <div className={styles.space} />
      <StatusStrip />
      <MuteButton />
      <AppearanceMenu />
    </header>
  );
}

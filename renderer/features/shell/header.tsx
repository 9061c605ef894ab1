import { ActionIcon, Menu, NativeSelect, useMantineColorScheme } from '@mantine/core';
import { IconBell, IconBellOff, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useShallow } from 'zustand/react/shallow';
import { useApp, useDesk, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Brand } from '../../ui/brand.tsx';
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
  const { ui } = useApp();
  const muted = useUi((model) => model.muted);
  const label = muted ? t('header.unmute') : t('header.mute');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={label}
      title={label}
      onClick={() => ui.setState({ muted: !muted })}
    >
      {muted ? <IconBellOff size={19} aria-hidden /> : <IconBell size={19} aria-hidden />}
    </ActionIcon>
  );
}

const themes = [
  { scheme: 'light', key: 'theme.light', Icon: IconSun },
  { scheme: 'dark', key: 'theme.dark', Icon: IconMoon },
  { scheme: 'auto', key: 'theme.auto', Icon: IconDeviceDesktop },
] as const;

function ThemeMenu() {
  const { t } = useStrings();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const chosen = themes.find(({ scheme }) => scheme === colorScheme) ?? themes[2];
  const label = t('header.theme', { theme: t(chosen.key) });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} title={label}>
          <chosen.Icon size={19} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('header.themeMenu')}>
        {themes.map(({ scheme, key, Icon }) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            checked={scheme === colorScheme}
            onChange={() => setColorScheme(scheme)}
          >
            <span className={styles.theme}>
              <Icon size={16} aria-hidden />
              {t(key)}
            </span>
          </Menu.RadioItem>
        ))}
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
      <ThemeMenu />
    </header>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import {
  IconBell,
  IconBellOff,
  IconContrast2,
  IconDeviceDesktop,
  IconHistory,
  IconMoon,
  IconSun,
} from '@tabler/icons-react';
import type { Settings } from '../../../contract/settings.ts';
import { useApp, useSettings, useUi } from '../../store/app-context.tsx';
import { useStrings } from '../../strings/strings-context.tsx';
import { Brand } from '../../ui/brand.tsx';
import { appearances } from './appearance.ts';
import styles from './header.module.css';
import { FinderButton } from '../finder/finder-button.tsx';
import { CounterButton } from '../counter/counter-button.tsx';
import { StatusStrip } from './status-strip.tsx';
import { StoreSwitch } from './store-switch.tsx';

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

/** Leads to what the screen showed at any moment, and back. */
function ReplayButton() {
  const { t } = useStrings();
  const { ui } = useApp();
  const shown = useUi((model) => model.view === 'replay');
  const label = t('replay.enter');
  return (
    <ActionIcon
      variant={shown ? 'light' : 'subtle'}
      color={shown ? 'teal' : 'gray'}
      size="lg"
      aria-label={label}
      aria-pressed={shown}
      title={label}
      onClick={() => ui.setState({ view: shown ? 'desk' : 'replay' })}
    >
      <IconHistory size={19} aria-hidden />
    </ActionIcon>
  );
}

export function Header() {
  return (
    <header className={styles.header}>
      <Brand />
      <StoreSwitch />
      <div className={styles.space} />
      <StatusStrip />
      <FinderButton />
      <CounterButton />
      <ReplayButton />
      <MuteButton />
      <AppearanceMenu />
    </header>
  );
}

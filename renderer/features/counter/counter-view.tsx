import { Button } from '@mantine/core';
import { IconDeviceTvOff } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useApp, useDesk, useSettings, useTick, useUi } from '../../store/app-context.tsx';
import { useAsOf } from '../../store/use-standing.ts';
import { useStrings } from '../../strings/strings-context.tsx';
import { isCovered } from '../shortcuts/key-target.ts';
import { CounterCard } from './counter-card.tsx';
import { leaveCounter } from './counter-mode.ts';
import { counterOrders } from './counter-orders.ts';
import type { CounterOrder } from './counter-orders.ts';
import { CounterStanding } from './counter-standing.tsx';
import unseen from '../../ui/unseen.module.css';
import styles from './counter-view.module.css';

/** The least a card needs to be read from two metres, with the gap beside it; CSS pixels. */
const CARD_PX = { width: 436, height: 256 };

interface Room {
  readonly ref: (element: HTMLElement | null) => void;
  readonly columns: number;
  readonly rows: number;
}

/** How many cards have room; a wall display has more. */
function useRoom(): Room {
  const [element, ref] = useState<HTMLElement | null>(null);
  const [room, setRoom] = useState({ columns: 1, rows: 1 });
  useEffect(() => {
    if (!element) return undefined;
    const look = () => {
      const columns = Math.max(1, Math.floor(element.clientWidth / CARD_PX.width));
      const rows = Math.max(1, Math.floor(element.clientHeight / CARD_PX.height));
      setRoom((before) => (before.columns === columns && before.rows === rows ? before : { columns, rows }));
    };
    const resized = new ResizeObserver(look);
    look();
    resized.observe(element);
    return () => resized.disconnect();
  }, [element]);
  return { ref, ...room };
}

function useCounterOrders(): readonly CounterOrder[] {
  const { ticker } = useApp();
  const queue = useDesk((model) => model.queue);
  const orders = useDesk((model) => model.orders);
  const version = useDesk((model) => model.version);
  const flashes = useDesk((model) => model.flashes);
  const store = useUi((model) => model.filter.store);
  const now = useTick((time) => time.now);
  return useMemo(
    // Flashes are dated by the running clock, which is up to a second ahead of the beat.
    () => counterOrders(queue, orders, flashes, { store, now: Math.max(now, ticker.read().now) }),
    // `version` stands for what `orders` holds now.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [queue, orders, version, flashes, store, now, ticker],
  );
}

/** Esc leaves, wherever the focus is. */
function useLeaving(leave: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !isCovered()) leave();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [leave]);
}

/** For a counter, read from two metres: how much, which order, is it paid, may I hand it over. */
export function CounterView() {
  const { t } = useStrings();
  const { ui } = useApp();
  const [, change] = useSettings();
  const leave = useMemo(() => () => leaveCounter(ui, change), [ui, change]);
  const all = useCounterOrders();
  const known = useAsOf() !== 0;
  const { ref, columns, rows } = useRoom();
  const shown = all.slice(0, columns * rows);
  // Few share all the room there is: the only customer's order is read from the door.
  const across = Math.min(columns, shown.length);
  const down = Math.ceil(shown.length / Math.max(1, across));
  const beyond = all.length - shown.length;
  useLeaving(leave);
  return (
    <div className={styles.view}>
      <header className={styles.top}>
        <CounterStanding />
        <Button
          variant="default"
          size="md"
          leftSection={<IconDeviceTvOff size={20} aria-hidden />}
          rightSection={<kbd className={styles.key}>{t('counterMode.key')}</kbd>}
          onClick={leave}
        >
          {t('counterMode.leave')}
        </Button>
      </header>
      <main id="content" tabIndex={-1} className={styles.main}>
        <h1 className={unseen.unseen}>{t('counterMode.title')}</h1>
        <div className={styles.orders} ref={ref}>
          {all.length === 0 ? (
            <p className={styles.none}>{t(known ? 'counterMode.none' : 'counterMode.unknown')}</p>
          ) : (
            <ul
              className={styles.cards}
              style={{
                gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
                gridTemplateRows: `repeat(${down}, minmax(0, 1fr))`,
              }}
            >
              {shown.map((each) => (
                <CounterCard key={each.key} order={each.order} fresh={each.fresh} />
              ))}
            </ul>
          )}
        </div>
        {beyond > 0 ? <p className={styles.beyond}>{t('counterMode.beyond', { count: beyond })}</p> : null}
      </main>
    </div>
  );
}

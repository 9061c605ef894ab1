import { describe, expect, it, vi } from 'vitest';
import type { TillwatchBridge } from '../../../../contract/bridge.ts';
import type { DeskLink, LinkState } from '../../../../renderer/bridge/desk-link.ts';
import { DeskStore } from '../../../../renderer/store/desk-store.ts';
import { createGatewayClock } from '../../../../renderer/store/gateway-clock.ts';
import { runDesk } from '../../../../renderer/store/run-desk.ts';
import { createTicker } from '../../../../renderer/store/ticker.ts';
import { deskState, ordersPush } from '../../../support/fake-bridge/scenario.ts';
import { PATIENCE } from '../../../support/patience.ts';

const NOW = 1_795_000_000_000;

function run() {
  const ended: string[] = [];
  let tell: (state: LinkState) => void = () => undefined;
  const attachDesk = vi.fn(async () => ({}));
  const on = (name: string) => () => () => void ended.push(name);
  const bridge = {
    appInfo: async () => ({ version: '1', host: 'browser', platform: 'x', demo: 'unavailable' }),
    attachDesk,
    onDeskState: on('state'),
    onDeskOrders: on('orders'),
    onDeskMoments: on('moments'),
    onDeskNotice: on('notice'),
    onDeskUnmatched: on('unmatched'),
    onSettings: on('settings'),
    onDeskDoctor: on('doctor'),
  } as unknown as TillwatchBridge;
  const link: DeskLink = {
    bridge,
    watch: (listener) => {
      tell = listener;
      return () => void ended.push('watch');
    },
    retry: () => undefined,
    close: () => void ended.push('link'),
  };
  let at = NOW;
  const clock = createGatewayClock({ monotonic: () => at, wall: () => at });
  const ticker = createTicker(clock, () => () => void ended.push('timer'));
  const store = new DeskStore(() => NOW);
  const played: string[] = [];
  const end = runDesk({ link, store, clock, ticker, play: (sound) => void played.push(sound) });
  const beatAt = (time: number) => {
    at = time;
    ticker.beat();
  };
  return { end, ended, attachDesk, store, played, beatAt, tell: (state: LinkState) => tell(state) };
}

describe('desk at work', () => {
  it('attaches with every opening of the link, so that a lost picture is replaced by a whole one', async () => {
    const { attachDesk, tell, store } = run();
    expect(attachDesk).not.toHaveBeenCalled();
    tell({ state: 'open' });
    await vi.waitFor(() => expect(attachDesk).toHaveBeenCalledTimes(1), PATIENCE);
    tell({ state: 'lost', since: NOW, retryAt: 1, reason: 'gone' });
    expect(store.api.getState().link.state).toBe('lost');
    tell({ state: 'open' });
    await vi.waitFor(() => expect(attachDesk).toHaveBeenCalledTimes(2), PATIENCE);
  });

  it('is heard when it is not live any more, also where it was live for less than a beat', () => {
    const { tell, store, played, beatAt } = run();
    tell({ state: 'open' });
    store.takeState(deskState(NOW, { state: 'live', since: NOW }));
    store.takeOrders(ordersPush([]));
    store.takeState(deskState(NOW, { state: 'offline', since: NOW }));
    beatAt(NOW + 4000);
    expect(played).toEqual([]);
    beatAt(NOW + 6000);
    beatAt(NOW + 9000);
    expect(played).toEqual(['lost']);
  });

  it('ends everything it started', () => {
    const { end, ended } = run();
    end();
    expect(ended.filter((name) => name !== 'timer')).toEqual([
      'state',
      'orders',
      'moments',
      'notice',
      'unmatched',
      'settings',
      'doctor',
      'watch',
      'link',
    ]);
    expect(ended).toContain('timer');
  });
});

import { describe, expect, it } from 'vitest';
import type { DeskState, Moment } from '../../../../contract/ipc.ts';
import { DeskStore } from '../../../../renderer/store/desk-store.ts';
import { asOfStanding, standingOf } from '../../../../renderer/store/standing.ts';
import { openWay } from '../../../support/fake-bridge/doctor-reports.ts';
import { deskState, ordersPush } from '../../../support/fake-bridge/scenario.ts';
import { sampleOrder } from '../../../support/fake-bridge/sample-orders.ts';

const NOW = 1_795_000_000_000;
const live = (changes: Partial<DeskState> = {}) => deskState(NOW, { state: 'live', since: NOW }, changes);
const waiting = () => deskState(NOW, { state: 'waiting', retryAt: NOW, attempt: 1, reason: 'timeout' });
const moment = (seq: number, changes: Partial<Moment> = {}): Moment => ({
  ...{ store: 'main', seq, order: 'o1', reference: 'A-1', kind: 'payment.detected', at: NOW, missed: false },
  ...changes,
});

function opened(): DeskStore {
  const store = new DeskStore(() => NOW);
  store.takeLink({ state: 'open' });
  store.takeState(live());
  store.takeOrders(ordersPush([sampleOrder(1, NOW, { id: 'o1' })]));
  return store;
}
const standing = (store: DeskStore) => standingOf(store.api.getState());

describe('desk store', () => {
  it('is current only with the link open, the desk current and every picture whole [FR2]', () => {
    const store = new DeskStore(() => NOW);
    expect(standing(store).kind).toBe('opening');
    store.takeLink({ state: 'open' });
    store.takeState(live());
    expect(standing(store).kind).toBe('not-current');
    store.takeOrders({ ...ordersPush([]), complete: false });
    expect(standing(store).kind).toBe('not-current');
    store.takeOrders({ ...ordersPush([]), reset: false });
    expect(standing(store)).toEqual({ kind: 'current', slower: false });
    store.takeState(waiting());
    expect(standing(store).kind).toBe('not-current');
    expect(asOfStanding(standing(store))).toBe(NOW - 71_000);
  });

  it('is not current, as of what was last known, the moment the local host is gone', () => {
    const store = opened();
    store.takeLink({ state: 'lost', since: NOW + 5, retryAt: 1, reason: 'gone' });
    expect(standing(store)).toEqual({ kind: 'host-gone', asOf: NOW, since: NOW + 5 });
  });

  it('flashes new money once, however often the moment is told', () => {
    const store = opened();
    expect(store.takeMoments([moment(7)])).toBe('money');
    expect(store.api.getState().flashes.get('main/o1')).toEqual({ seq: 7, sound: 'money', at: NOW });
    const { flashes } = store.api.getState();
    expect(store.takeMoments([moment(7)])).toBeNull();
    expect(store.api.getState().flashes).toBe(flashes);
  });

  it('never flashes what was missed: one digest, one sound at most [FR3]', () => {
    const store = opened();
    const missed = [8, 9, 10].map((seq) => moment(seq, { missed: true }));
    expect(store.takeMoments(missed)).toBe('money');
    expect(store.api.getState().flashes.size).toBe(0);
    store.takeNotice({ kind: 'caught-up', store: 'main', events: 14, from: NOW - 60_000, to: NOW });
    expect(store.api.getState().digest).toEqual({ events: 14, from: NOW - 60_000, to: NOW, moments: missed });
    store.takeNotice({ kind: 'caught-up', store: 'main', events: 2, from: NOW, to: NOW + 1 });
    expect(store.api.getState().digest?.events).toBe(16);
    const later = moment(11, { missed: true });
    expect(store.takeMoments([later])).toBeNull();
    expect(store.api.getState().digest?.moments).toEqual([...missed, later]);
    store.dismissDigest();
    expect(store.api.getState().digest).toBeNull();
    store.takeState(waiting());
    expect(store.takeMoments([moment(12, { missed: true })])).toBe('money');
  });

  it('tells nothing of the gateway before under the name of another [CN1]', () => {
    const store = opened();
    store.takeMoments([moment(500), moment(501, { missed: true })]);
    store.takeNotice({ kind: 'caught-up', store: 'main', events: 1, from: NOW, to: NOW });
    store.takeNotice({ kind: 'snapshot', reason: 'too-old', store: 'main' });
    const state = live();
    store.takeState({ ...state, desk: { ...state.desk!, id: 'desk_2' } });
    const { flashes, digest, missed, snapshot } = store.api.getState();
    expect([flashes.size, digest, missed, snapshot]).toEqual([0, null, [], null]);
    expect(store.takeMoments([moment(3)])).toBe('money');
  });

  it('tells of no digest when nothing happened meanwhile', () => {
    const store = opened();
    store.takeNotice({ kind: 'caught-up', store: 'main', events: 0 });
    expect(store.api.getState().digest).toBeNull();
  });

  it('hears moments of a log that took the place of another, whose numbers start anew', () => {
    const store = opened();
    store.takeMoments([moment(500)]);
    const state = live();
    store.takeState({ ...state, stores: state.stores.map((each) => ({ ...each, epoch: 'e2' })) });
    expect(store.takeMoments([moment(3)])).toBe('money');
  });

  it('forgets the orders of a store it no longer has', () => {
    const store = opened();
    expect(store.api.getState().queue).toHaveLength(1);
    store.takeState(live({ stores: [] }));
    expect(store.api.getState().queue).toHaveLength(0);
    expect(store.api.getState().orders.size).toBe(0);
  });

  it('keeps a report of the doctor, but not one whose end can no longer come', () => {
    const store = opened();
    const report = openWay(NOW);
    store.takeDoctor({ ...report, running: 'tcp' });
    store.takeLink({ state: 'lost', since: NOW, retryAt: 0, reason: 'gone' });
    expect(store.api.getState().doctor).toBeNull();
    store.takeLink({ state: 'open' });
    store.takeDoctor(report);
    store.takeLink({ state: 'lost', since: NOW, retryAt: 0, reason: 'gone' });
    expect(store.api.getState().doctor).toBe(report);
  });
});

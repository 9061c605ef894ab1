/** A network that knows only plain requests, and the way back from it [CN9]. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { created, detected, noted, settled } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  desk = await startDesk({ timeScale: 0.05 });
  gateway.script.blockSockets = true;
  await desk.pair(gateway.url, gateway.code);
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
});

async function inFallback(): Promise<void> {
  await desk.screen.until('the fallback', () => desk.screen.state.connection.state === 'fallback');
}

async function same(): Promise<void> {
  const orders = gateway.orders();
  const newest = Math.max(0, ...[...orders.values()].map(({ updatedSeq }) => updatedSeq));
  await desk.screen.until('everything', () => desk.screen.state.current && desk.screen.state.stores[0]!.seq >= newest);
  await desk.screen.until('the orders', () =>
    [...orders].every(([id, { updatedSeq }]) => desk.screen.order(id)?.updatedSeq === updatedSeq),
  );
  expect(new Map(desk.screen.orders.get('main'))).toEqual(orders);
}

function onceEach(): void {
  const seqs = desk.screen.moments.map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
}

describe('[CN9] where no socket lives', () => {
  test('polls carry the desk, named and current, with every event once', async () => {
    await inFallback();
    expect(desk.screen.state).toMatchObject({ current: true, transport: 'long-poll', asOf: null });
    gateway.append(created('a'), detected('a', 'p1'));
    await same();
    gateway.append(...Array.from({ length: 400 }, (_, n) => noted('a', `n${n}`)), settled('a', 'p1'));
    await same();
    expect(desk.screen.order('a')?.status).toBe('paid');
    onceEach();
  });

  test('[CM1] commands go the same way', async () => {
    await inFallback();
    gateway.append(created('a'));
    const outcome = await desk.desk.handle('command.send', { store: 'main', order: 'a', name: 'claim', args: {} });
    expect(outcome.state).toBe('done');
    gateway.script.commands.fate = () => 'lose-answer';
    const lost = await desk.desk.handle('command.send', { store: 'main', order: 'a', name: 'unclaim', args: {} });
    expect(lost.state).toBe('unknown');
    await desk.screen.until('its end', () =>
      desk.screen.state.commands.some(({ id, state }) => id === lost.id && state === 'done'),
    );
    expect(gateway.seen.filter((each) => each === 'command unclaim')).toHaveLength(1);
  });

  test('[CN7] a session that ends in mid-life is renewed without a visible gap', async () => {
    await inFallback();
    const from = desk.screen.states.length;
    const expired = JSON.stringify({ error: { code: 'session-expired', message: 'over' } });
    gateway.script.answer = [{ path: /\/events/, status: 401, body: expired, times: 1 }];
    await desk.screen.until('the end of the session', () => {
      gateway.append(noted('a', 'wakes the poll'));
      return gateway.script.answer[0]!.times === 0;
    });
    gateway.append(created('b'));
    await same();
    expect(desk.screen.states.slice(from).filter(({ current }) => !current)).toEqual([]);
  });

  test('[DL4] a new epoch brings a snapshot', async () => {
    await inFallback();
    gateway.append(created('a'));
    await same();
    gateway.newEpoch();
    await desk.screen.until('the snapshot', () => desk.screen.state.stores[0]!.epoch === gateway.epoch);
    gateway.append(created('b'));
    await same();
    await desk.screen.until('the word', () => desk.screen.notices.some(({ kind }) => kind === 'snapshot'));
  });

  test('[DL2] [DL7] a missing and a bad event do there what they do on a socket', async () => {
    await inFallback();
    let dropped = false;
    gateway.script.emit = (event) => {
      if (event.seq === 3) return [{ ...event, at: 'yesterday' }];
      if (event.seq !== 2 || dropped) return [event];
      dropped = true;
      return [];
    };
    gateway.append(created('a'), detected('a', 'p1'), detected('a', 'p2'), settled('a', 'p1'));
    await same();
    expect(desk.screen.state.stores[0]!.quarantined).toBe(1);
  });

  test('[CN5] a gateway that falls silent is not shown as live', async () => {
    await inFallback();
    gateway.script.hang = /./;
    await desk.screen.until('not current', () => !desk.screen.state.current);
    gateway.script.hang = null;
    await desk.screen.until('current again', () => desk.screen.state.current);
  });

  test('[AU3] a desk that is revoked is told so', async () => {
    await inFallback();
    const body = JSON.stringify({ error: { code: 'revoked', message: 'gone' } });
    gateway.script.answer = [{ path: /^\/v1\//, status: 401, body, times: 1_000 }];
    await desk.screen.until('the refusal', () => desk.screen.state.connection.state === 'refused');
  });
});

describe('[CN9] the way back', () => {
  test('a socket that proves stable takes over, and nothing is lost or told twice', async () => {
    await inFallback();
    gateway.append(created('a'));
    await same();
    const from = desk.screen.states.length;
    gateway.script.blockSockets = false;
    let n = 0;
    const flow = setInterval(() => gateway.append(noted('a', `n${n++}`)), 3);
    try {
      await desk.screen.until('the socket', () => desk.screen.state.connection.state === 'live');
    } finally {
      clearInterval(flow);
    }
    gateway.append(created('b'));
    await same();
    expect(desk.screen.states.slice(from).filter(({ current }) => !current)).toEqual([]);
    expect(desk.screen.state.transport).not.toBe('long-poll');
    onceEach();
  });

  test('and the other way: a socket that is taken away is followed by polls without a hole', async () => {
    gateway.script.blockSockets = false;
    await desk.screen.until('the socket', () => desk.screen.state.connection.state === 'live');
    gateway.append(created('a'));
    gateway.script.blockSockets = true;
    gateway.cut();
    gateway.append(detected('a', 'p1'));
    await inFallback();
    gateway.append(settled('a', 'p1'));
    await same();
    onceEach();
  });

  test('a gateway that cannot be reached at all is no case for polls', async () => {
    await inFallback();
    gateway.script.hang = /./;
    await desk.screen.until('not current', () => !desk.screen.state.current);
    const from = gateway.seen.length;
    await desk.screen.until(
      'some tries',
      () => desk.screen.states.filter(({ connection }) => connection.state === 'waiting').length > 3,
    );
    expect(gateway.seen.slice(from).filter((each) => each.startsWith('subscribe by poll'))).toEqual([]);
  });
});

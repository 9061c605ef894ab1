/** Seeded storms of everything at once; a seed printed by a failure replays that run. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../../contract/events.ts';
import { created, detected, noted, settled } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { Draft, ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

/** More by `DESK_STORMS=200 npx vitest …`, for a long look. */
const RUNS = Number(process.env['DESK_STORMS'] ?? 15);

let running: { gateway: ScriptedGateway; desk: DeskUnderTest } | null = null;

afterEach(stop);

async function stop(): Promise<void> {
  await running?.desk.stop();
  await running?.gateway.close();
  running = null;
}

type Act =
  | { do: 'fact'; order: number; what: number }
  | { do: 'cut' | 'sleep' | 'wake' | 'epoch' | 'drain' | 'restart' }
  | { do: 'fault'; fault: 'none' | 'twice' | 'drop' | 'swap' | 'poison'; at: number };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('fact' as const), order: fc.nat(5), what: fc.nat(9) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'sleep' as const, 'wake' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('epoch' as const, 'drain' as const, 'restart' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      fault: fc.constantFrom('none' as const, 'twice' as const, 'drop' as const, 'swap' as const, 'poison' as const),
      at: fc.nat(3),
    }),
  },
);

function fact(order: string, what: number, known: boolean): Draft {
  if (!known) return created(order);
  const payment = `${order}-p${what % 3}`;
  if (what < 4) return detected(order, payment, String(1 + what * 400));
  return what < 7 ? settled(order, payment) : noted(order, `note ${what}`);
}

/** Spoils one event every now and then, each at most once, so that asking again helps. */
function spoiler(fault: Extract<Act, { do: 'fault' }>): (event: Event) => unknown[] {
  const spoilt = new Set<number>();
  let held: Event | null = null;
  return (event) => {
    const released = held ? [held] : [];
    held = null;
    if (event.seq % 4 !== fault.at || spoilt.has(event.seq) || fault.fault === 'none') return [event, ...released];
    spoilt.add(event.seq);
    switch (fault.fault) {
      case 'twice':
        return [event, event, ...released];
      case 'drop':
        return released;
      case 'swap':
        held = event;
        return released;
      case 'poison':
        return [{ ...event, at: 'never' }, ...released];
    }
  };
}

async function play({ gateway, desk }: NonNullable<typeof running>, each: Act): Promise<void> {
  switch (each.do) {
    case 'fact': {
      const order = `o${each.order}`;
      gateway.append(fact(order, each.what, gateway.orders().has(order)));
      return;
    }
    case 'fault':
      gateway.script.emit = spoiler(each);
      return;
    case 'cut':
      gateway.cut();
      return;
    case 'sleep':
      desk.desk.signal('suspend');
      return;
    case 'wake':
      desk.desk.signal('resume');
      return;
    case 'drain':
      gateway.notify({ kind: 'draining' });
      return;
    case 'epoch':
      gateway.newEpoch();
      gateway.notify({ kind: 'epoch-changed' });
      return;
    case 'restart':
      await desk.restart();
  }
}

/** Never an older order after a newer one, and no moment told twice. */
function checkHistory({ screen }: DeskUnderTest): void {
  const moments = screen.moments.map(({ seq, kind }) => `${seq} ${kind}`);
  expect(new Set(moments).size).toBe(moments.length);
  const newest = new Map<string, number>();
  for (const push of screen.pushes) {
    if (push.name !== 'desk.orders') continue;
    if (push.payload.reset) newest.clear();
    for (const { id, updatedSeq } of push.payload.orders) {
      expect(updatedSeq).toBeGreaterThanOrEqual(newest.get(id) ?? 0);
      newest.set(id, updatedSeq);
    }
  }
}

test('[DL2][DL7][DL10] after any storm the screen equals the fold of the log', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(act, fc.nat(60)), { minLength: 20, maxLength: 60 }), async (acts) => {
      running = { gateway: await startScriptedGateway(), desk: await startDesk({ timeScale: 0.05 }) };
      const { gateway, desk } = running;
      await desk.pair(gateway.url, gateway.code);
      await desk.live();
      for (const [each, turns] of acts) {
        await play(running, each);
        // Turns of the event loop, so that storms meet sockets in every state; nothing is awaited that must come.
        for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      }
      gateway.script.emit = (event) => [event];
      desk.desk.signal('resume');
      gateway.append(created('the-end'));
      const expected = gateway.orders();
      const same = (): boolean =>
        [...expected.values()].every(({ id, updatedSeq }) => desk.screen.order(id)?.updatedSeq === updatedSeq);
      await desk.screen.until('the whole log', () => same() && desk.screen.state.current);
      await desk.screen.until('every order whole', () =>
        [...expected].every(([id, order]) => isDeepStrictEqual(desk.screen.order(id), order)),
      );
      checkHistory(desk);
      await stop();
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
});

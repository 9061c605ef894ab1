import { expect, test } from 'vitest';
import type { ConnectionState } from '../../contract/connection-state.ts';
import type { Recorded } from '../support/fault-bench/history.ts';
import { observedStates } from '../support/fault-bench/observed-states.ts';

function state(connection: ConnectionState): Recorded {
  return { type: 'state', current: connection.state === 'live', connection, t: 0 };
}
const live = state({ state: 'live', since: 1 });
const connecting = state({ state: 'connecting', attempt: 1 });
const waiting = state({ state: 'waiting', retryAt: 1, attempt: 1, reason: 'refused-connection' });
const begins: Recorded = { type: 'fault', number: 1, phase: 'begins', detail: '', t: 0 };

test('what comes after is not told, and a desk started anew is', () => {
  const facts = [live, begins, state({ state: 'closed' }), { type: 'started', t: 0 }, state({ state: 'unpaired' })];
  const after = [connecting, live, { type: 'recovered', t: 0 }, waiting];
  expect(observedStates([...facts, ...after] as Recorded[])).toBe('live → (started anew) → connecting → live');
});

test('what was before the fault is told by its last state, and a loop once', () => {
  expect(observedStates([connecting, live, begins])).toBe('live');
  const loop = [waiting, connecting, waiting, connecting, waiting, connecting];
  expect(observedStates([live, begins, live, ...loop, live])).toBe(
    'live → [waiting (refused-connection) → connecting] × 3 → live',
  );
});

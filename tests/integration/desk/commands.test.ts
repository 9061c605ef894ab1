/** Commands of a real desk core: at gateways that answer, that break the line, and that forget. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CommandView } from '../../../contract/ipc.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startGateway } from '../gateway/test-gateway.ts';
import { testOrder } from '../gateway/test-source.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';

let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  desk = await startDesk();
  await desk.pair(gateway.url, gateway.code);
  await desk.live();
  gateway.append(created('a'));
});

afterEach(async () => {
  await desk.stop();
  await gateway.close();
});

const claim = { store: 'main', order: 'a', name: 'claim', args: {} };
const note = { store: 'main', order: 'a', name: 'note', args: { text: 'Ada Lovelace called' } };

function shown(id: string): CommandView | undefined {
  return desk.screen.state.commands.find((each) => each.id === id);
}

async function settled(id: string, state: CommandView['state']): Promise<void> {
  await desk.screen.until(`${state} of ${id}`, () => shown(id)?.state === state);
}

describe('a gateway that answers', () => {
  test('[CM1] [CN5] health is asked first, and the outcome is told', async () => {
    const outcome = await desk.desk.handle('command.send', claim);
    expect(outcome).toMatchObject({ state: 'done' });
    const asked = gateway.seen.filter((each) => each === 'health' || each.startsWith('command'));
    expect(asked.slice(-2)).toEqual(['health', 'command claim']);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(shown(outcome.id)).toMatchObject({ store: 'main', order: 'a', name: 'claim', state: 'done' });
    expect(await desk.desk.handle('command.status', { id: outcome.id })).toEqual(outcome);
  });

  test('a refusal is told in the gateway’s words', async () => {
    const error = { code: 'conflict', message: 'Ben is on this case already.' };
    gateway.script.commands.answer = () => ({ ok: false, error });
    const outcome = await desk.desk.handle('command.send', claim);
    expect(outcome).toMatchObject({ state: 'failed', error });
    expect(shown(outcome.id)).toMatchObject({ state: 'failed', error });
  });

  test.each([
    ['unknown-command', { ...claim, name: 'refund' }],
    ['invalid-args', { ...note, args: { text: 'x'.repeat(5_000) } }],
  ])('[CM1] %s: what the gateway cannot read is not sent', async (code, input) => {
    await expect(desk.desk.handle('command.send', input)).rejects.toMatchObject({ code });
    expect(gateway.seen.filter((each) => each.startsWith('command'))).toEqual([]);
  });

  test('[CM2] one that stays pending blocks nothing, and is asked about until it is settled', async () => {
    let ready = false;
    gateway.script.commands.answer = () => ({ ok: true, state: ready ? 'done' : 'pending' });
    const first = await desk.desk.handle('command.send', claim);
    expect(first.state).toBe('pending');
    gateway.script.commands.answer = () => ({ ok: true, state: 'done' });
    expect(await desk.desk.handle('command.send', note)).toMatchObject({ state: 'done' });
    ready = true;
    await settled(first.id, 'done');
    expect(gateway.script.commands.carriedOut.get(first.id)).toBe(1);
  });
});

describe('a line that breaks', () => {
  test('[CM2] [CM3] carried out, answer lost: unknown until the gateway has said that it was done', async () => {
    gateway.script.commands.fate = () => 'lose-answer';
    const outcome = await desk.desk.handle('command.send', claim);
    expect(outcome.state).toBe('unknown');
    await settled(outcome.id, 'done');
    expect(gateway.seen.filter((each) => each === 'command claim')).toHaveLength(1);
  });

  test('[CM2] lost on the way: the same id is sent again, once', async () => {
    const fates = ['lose-command', 'answer'] as const;
    let n = 0;
    gateway.script.commands.fate = () => fates[n++] ?? 'answer';
    const outcome = await desk.desk.handle('command.send', claim);
    expect(outcome.state).toBe('unknown');
    await settled(outcome.id, 'done');
    expect(gateway.seen.filter((each) => each === 'command claim')).toHaveLength(2);
    expect([...gateway.script.commands.carriedOut]).toEqual([[outcome.id, 1]]);
  });

  test('[CM2] [CM3] what is in doubt when the application ends is settled by the next start', async () => {
    gateway.script.commands.fate = (command) => {
      gateway.script.refuse = { code: 'rate-limited', retryAfterMs: 50 };
      return command.name === 'claim' ? 'lose-answer' : 'lose-command';
    };
    const outcome = await desk.desk.handle('command.send', claim);
    expect(outcome.state).toBe('unknown');
    await desk.restart();
    expect(shown(outcome.id)).toMatchObject({ name: 'claim', state: 'unknown' });
    gateway.script.refuse = null;
    await settled(outcome.id, 'done');
    expect(gateway.script.commands.carriedOut.get(outcome.id)).toBe(1);
  });

  test('without a connection nothing is sent, nor kept to surprise somebody later', async () => {
    gateway.script.refuse = { code: 'rate-limited', retryAfterMs: 60_000 };
    gateway.cut();
    await desk.screen.until('not live', () => !desk.screen.state.current);
    await expect(desk.desk.handle('command.send', claim)).rejects.toMatchObject({ code: 'not-connected' });
    expect(desk.screen.state.commands).toEqual([]);
  });

  test('[CN5] a gateway that does not answer the question before it gets no command', async () => {
    await desk.screen.until('the first health', () => desk.screen.state.roundTrips.length > 0);
    gateway.script.silent.add('health');
    await expect(desk.desk.handle('command.send', claim)).rejects.toMatchObject({ code: 'not-connected' });
    await desk.screen.until('the end of the line', () => desk.screen.state.reconnects > 0);
    expect(gateway.seen.filter((each) => each.startsWith('command'))).toEqual([]);
  });

  test('[AU4] what a note says reaches no log', async () => {
    gateway.script.commands.fate = () => 'lose-command';
    await desk.desk.handle('command.send', note);
    expect(desk.log.join('\n')).not.toContain('Lovelace');
  });
});

test('[CM1] at a real gateway: one note, one event, by this desk', async () => {
  const real = await startGateway();
  const other = await startDesk();
  try {
    await other.pair(real.url, await real.pairingCode('staff'));
    await other.live();
    await real.deliver({ id: 'd1', ref: 'a', fact: {} });
    const order = testOrder('a');
    await other.screen.until('the order', () => other.screen.order(order) !== undefined);
    const outcome = await other.desk.handle('command.send', { ...note, order });
    expect(outcome).toMatchObject({ state: 'done' });
    await other.screen.until('the note', () => other.screen.order(order)?.notes.length === 1);
    const forbidden = { store: 'main', order, name: 'override-verdict', args: { verdict: 'release', reason: 'r' } };
    expect(await other.desk.handle('command.send', forbidden)).toMatchObject({
      state: 'failed',
      error: { code: 'forbidden' },
    });
  } finally {
    await other.stop();
    await real.stop();
  }
});

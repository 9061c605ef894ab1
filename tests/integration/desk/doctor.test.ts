/** The doctor asked of a desk, as a page asks it. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { requests } from '../../../contract/ipc.ts';
import { doctorResult } from '../../../contract/doctor.ts';
import type { DoctorReport } from '../../../contract/doctor.ts';
import { created } from '../../support/scripted-gateway/drafts.ts';
import { startScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import type { ScriptedGateway } from '../../support/scripted-gateway/scripted-gateway.ts';
import { startDesk } from './desk-under-test.ts';
import type { DeskUnderTest } from './desk-under-test.ts';
import { PATIENCE } from '../../support/patience.ts';

let gateway: ScriptedGateway;
let desk: DeskUnderTest;

beforeEach(async () => {
  gateway = await startScriptedGateway();
  desk = await startDesk();
});
afterEach(async () => {
  await desk.stop();
  await gateway.close();
});

const told = (): DoctorReport[] =>
  desk.screen.pushes.flatMap((push) => (push.name === 'desk.doctor' ? [push.payload] : []));

async function live(): Promise<void> {
  await desk.pair(gateway.url, gateway.code);
  await desk.live();
}

test('a desk that is not paired has no way to examine', async () => {
  await expect(desk.desk.handle('doctor.run', {})).rejects.toMatchObject({ code: 'unpaired' });
});

test('[CN8] a live desk is examined beside its connection, from the place it has in the log', async () => {
  await live();
  gateway.append(created('a'), created('b'));
  await desk.screen.until('both orders', () => desk.screen.order('b') !== undefined);
  await desk.screen.until('the WebSocket', () => desk.screen.state.transport === 'websocket');
  const before = gateway.seen.filter((line) => /^(?:connect|subscribe \d|refused)/.test(line));
  const report = requests['doctor.run'].output.parse(await desk.desk.handle('doctor.run', {}));
  expect(doctorResult(report)).toBe('ok');
  const { finding: join } = report.steps.find(({ step }) => step === 'join')!;
  const resume = report.steps.find(({ step }) => step === 'resume')!;
  expect([join, resume.params]).toEqual(['join-in-use', { store: 'Main street', seq: 2, behind: 0 }]);
  expect(gateway.seen.filter((line) => /^(?:connect|subscribe \d|refused)/.test(line))).toEqual(before);
  expect(desk.screen.state).toMatchObject({ current: true, reconnects: 0 });
  await desk.screen.until('the report', () => told().at(-1)?.running === null);
  // How many came before depends on the frames in which they were told.
  expect(told().at(-1)).toEqual(report);
});

test('a desk that cannot get in learns where the way ends, and the log of the desk holds no secret', async () => {
  await live();
  gateway.script.refuse = { code: 'draining', retryAfterMs: 60_000 };
  gateway.cut();
  await desk.screen.until('the wait', () => desk.screen.state.connection.state === 'waiting');
  const report = await desk.desk.handle('doctor.run', {});
  expect(report.steps.find(({ result }) => result === 'failed')).toMatchObject({
    step: 'join',
    finding: 'way-draining',
  });
  const { privateKey } = JSON.parse(desk.secrets.value ?? '') as { privateKey: string };
  expect(desk.log.join('') + JSON.stringify(report)).not.toContain(privateKey);
});

test('two pages that ask at once get one examination', async () => {
  await live();
  const tickets = () => gateway.seen.filter((line) => line === 'ticket').length;
  const before = tickets();
  const [one, other] = await Promise.all([desk.desk.handle('doctor.run', {}), desk.desk.handle('doctor.run', {})]);
  expect(other).toEqual(one);
  expect(tickets() - before).toBe(2);
});

test('closing the desk ends an examination that hangs', async () => {
  await desk.stop();
  desk = await startDesk({ timings: { doctorStepMost: 10 * PATIENCE.timeout } });
  await live();
  gateway.script.hang = /healthz/;
  const running = desk.desk.handle('doctor.run', {});
  const ended = expect(running).rejects.toMatchObject({ code: 'closed' });
  await desk.screen.until('the step', () => told().at(-1)?.running === 'http');
  await desk.desk.close();
  await ended;
});

test('[FR1] the screen learns when the gateway told what it says of the sources', async () => {
  expect(desk.screen.state.stores).toEqual([]);
  await live();
  await vi.waitFor(() => expect(desk.screen.state.stores[0]?.sourcesAt).not.toBeNull(), PATIENCE);
  expect(Math.abs((desk.screen.state.stores[0]?.sourcesAt ?? 0) - Date.now())).toBeLessThan(10_000);
});

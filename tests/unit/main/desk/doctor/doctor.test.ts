import { describe, expect, test, vi } from 'vitest';
import { Doctor } from '../../../../../main/desk/doctor/doctor.ts';
import { found } from '../../../../../main/desk/doctor/found.ts';
import type { Patient } from '../../../../../main/desk/doctor/patient.ts';
import { LATE, within } from '../../../../../main/desk/doctor/within.ts';
import { timing } from '../../../../../main/desk/timing.ts';
import { fakeTime } from '../fake-time.ts';
import { PATIENCE } from '../../../../support/patience.ts';

const patient: Patient = {
  ...{ gateway: 'https://shop.invalid', identity: found('ticket-not-paired') },
  ...{ positions: null, connected: () => false },
};

/** A doctor whose first question, which proxy to take, stays open until it is answered. */
function doctor() {
  const answers: ((proxy: string | null) => void)[] = [];
  const resolveProxy = () => new Promise<string | null>((resolve) => answers.push(resolve));
  const told = vi.fn();
  const network = { resolveProxy, certificates: () => [] };
  return { answers, told, doctor: new Doctor({ network, time: fakeTime(), timing: timing(), version: 't', told }) };
}

describe('one doctor', () => {
  test('examines once for all who ask meanwhile, and anew for who asks later', async () => {
    const { answers, doctor: one } = doctor();
    const [first, second] = [one.run(patient), one.run(patient)];
    expect(second).toBe(first);
    expect(answers).toHaveLength(1);
    one.close();
    await expect(first).rejects.toMatchObject({ code: 'closed' });
  });

  test('that is closed ends what goes on, tells nothing more, and examines nobody', async () => {
    const { doctor: one, told, answers } = doctor();
    const running = one.run(patient);
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1), PATIENCE);
    one.close();
    one.close();
    answers[0]?.('http://proxy.invalid:1');
    await expect(running).rejects.toMatchObject({ code: 'closed' });
    expect(told).toHaveBeenCalledTimes(1);
    await expect(one.run(patient)).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('a step', () => {
  const given = () => {
    const end = new AbortController();
    return { end, time: fakeTime(), timing: timing(), signal: end.signal };
  };

  test('that ends in time gives what it found, and leaves no timer', async () => {
    const instruments = given();
    await expect(within(instruments, async () => 7)).resolves.toBe(7);
    expect(instruments.time.timers).toBe(0);
  });

  test('that does not is late, is told to stop, and may fail then unheard', async () => {
    const instruments = given();
    let signal: AbortSignal | undefined;
    const running = within(instruments, (own) => {
      signal = own;
      return new Promise((_, reject) => own.addEventListener('abort', () => reject(new Error('stopped'))));
    });
    instruments.time.advance(instruments.timing.doctorStepMost);
    await expect(running).resolves.toBe(LATE);
    expect(signal?.aborted).toBe(true);
  });

  test('of an examination that was ended throws, also before it began', async () => {
    const instruments = given();
    const running = within(instruments, () => new Promise(() => undefined));
    instruments.end.abort(new Error('over'));
    await expect(running).rejects.toThrow('over');
    await expect(within(instruments, async () => 1)).rejects.toThrow('over');
    expect(instruments.time.timers).toBe(0);
  });
});

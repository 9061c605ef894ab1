import { describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { requestNames, serverFrameSchema } from '../../../../contract/ipc.ts';
import { answerFrame } from '../../../../main/browser/frame-door.ts';
import type { RequestHandlers } from '../../../../main/ipc/request-door.ts';
import { DeskError } from '../../../../main/desk/desk.ts';

function handlers(changes: Partial<RequestHandlers> = {}): RequestHandlers {
  const nothing = vi.fn(async () => ({}) as never);
  const all = Object.fromEntries(requestNames.map((name) => [name, nothing])) as unknown as RequestHandlers;
  return { ...all, ...changes };
}

const log = vi.fn();
const frame = (value: object) => JSON.stringify(value);

describe('the one door for requests', () => {
  it('answers a request under its id', async () => {
    const pair = vi.fn(async () => ({ deskId: 'd1' }));
    const input = { gateway: 'http://127.0.0.1:1', code: 'C', name: ' Front ' };
    const answer = await answerFrame(
      frame({ id: 7, request: 'pairing.pair', input }),
      handlers({ 'pairing.pair': pair }),
      log,
    );
    expect(answer).toEqual({ id: 7, ok: true, output: { deskId: 'd1' } });
    expect(pair).toHaveBeenCalledWith({ ...input, name: 'Front' });
  });

  it.each([
    ['no JSON', 'x{', -1, 'malformed'],
    ['no object', '[1]', -1, 'malformed'],
    ['nothing', 'null', -1, 'malformed'],
    ['no id', frame({ request: 'app.info', input: {} }), -1, 'malformed'],
    ['no request', frame({ id: 3, input: {} }), 3, 'malformed'],
    ['an unknown request', frame({ id: 3, request: 'shell.run', input: {} }), 3, 'unknown-request'],
    ['a name of the prototype', frame({ id: 3, request: 'constructor', input: {} }), 3, 'unknown-request'],
    ['missing input', frame({ id: 3, request: 'app.info' }), 3, 'malformed'],
    ['wrong input', frame({ id: 3, request: 'order.read', input: { store: 'main' } }), 3, 'invalid-input'],
    ['input of another type', frame({ id: 3, request: 'pairing.preview', input: { link: 5 } }), 3, 'invalid-input'],
  ])('refuses %s', async (_name, text, id, code) => {
    const all = handlers();
    const answer = await answerFrame(text, all, log);
    expect(answer).toMatchObject({ id, ok: false, error: { code } });
    expect(all['app.info']).not.toHaveBeenCalled();
  });

  it('names the field that is wrong', async () => {
    const text = frame({ id: 1, request: 'order.read', input: { store: 'main', order: '' } });
    expect(await answerFrame(text, handlers(), log)).toMatchObject({
      error: { message: expect.stringMatching(/^order: /) as string },
    });
  });

  it("passes a desk's error on, and hides any other behind one code", async () => {
    const failing = (error: Error) => handlers({ 'connection.retry': () => Promise.reject(error) });
    const text = frame({ id: 1, request: 'connection.retry', input: {} });
    expect(await answerFrame(text, failing(new DeskError('bad-code', 'Ask for a new one.')), log)).toEqual({
      id: 1,
      ok: false,
      error: { code: 'bad-code', message: 'Ask for a new one.' },
    });
    const hidden = await answerFrame(text, failing(new Error('SQLITE_BUSY at /home/someone')), log);
    expect(hidden).toMatchObject({ ok: false, error: { code: 'internal' } });
    expect(JSON.stringify(hidden)).not.toContain('SQLITE');
    expect(log).toHaveBeenCalledWith(
      'error',
      'request failed',
      expect.objectContaining({ request: 'connection.retry' }),
    );
  });

  it('answers whatever comes with a frame of the contract', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.jsonValue().map((v) => JSON.stringify(v)),
        ),
        async (text) => {
          serverFrameSchema.parse(await answerFrame(text, handlers(), log));
        },
      ),
      { seed: 20, numRuns: 300 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../../../../main/desk/commands/command-answer.ts';
import { failed } from '../../../../../main/desk/connection/failure.ts';
import type { Outcome } from '../../../../../main/desk/connection/failure.ts';

const ID = '6f1f8a3e-5a5b-4a7e-9d0e-2f2b9f0c1a11';
const said = (value: unknown): Outcome<unknown> => ({ ok: true, value });
const refused = (code: string, status: number): Outcome<unknown> =>
  failed({ kind: 'answer', status, error: { code, message: 'm' }, retryAfterMs: null });

describe('[CM3] what an answer says of a command', () => {
  test.each<[string, Outcome<unknown>, object | null]>([
    ['done', said({ ok: true, state: 'done', seq: 4 }), { id: ID, state: 'done' }],
    ['done with a result', said({ ok: true, state: 'done', result: [1] }), { id: ID, state: 'done', result: [1] }],
    ['pending', said({ ok: true, state: 'pending' }), { id: ID, state: 'pending' }],
    ['unknown there: to be sent again', said({ ok: true, state: 'unknown' }), null],
    [
      'failed before',
      said({ ok: true, state: 'failed', error: { code: 'conflict', message: 'm' } }),
      { id: ID, state: 'failed', error: { code: 'conflict', message: 'm' } },
    ],
    [
      'refused over the socket',
      failed({ kind: 'ack', code: 'forbidden', message: 'm' }),
      { id: ID, state: 'failed', error: { code: 'forbidden', message: 'm' } },
    ],
    [
      'refused by REST',
      said({ ok: false, error: { code: 'conflict', message: 'm' } }),
      { id: ID, state: 'failed', error: { code: 'conflict', message: 'm' } },
    ],
    ['refused by status', refused('invalid-args', 422), { id: ID, state: 'failed', error: { code: 'invalid-args' } }],
  ])('%s', (_what, answer, outcome) => {
    if (outcome === null) expect(readAnswer(ID, answer)).toBeNull();
    else expect(readAnswer(ID, answer)).toMatchObject(outcome);
  });

  test.each<[string, Outcome<unknown>]>([
    ['a broken line', failed({ kind: 'disconnected', reason: 'transport close' })],
    ['no answer in time', failed({ kind: 'timeout', what: 'command' })],
    ['trouble at the gateway', failed({ kind: 'ack', code: 'internal', message: 'm' })],
    ['a session that ended', refused('session-expired', 401)],
    ['a gateway that asks for patience', refused('rate-limited', 429)],
    ['an error of the 500s, whatever its word', refused('conflict', 502)],
    ['somebody else’s word', failed({ kind: 'answer', status: 403, error: null, retryAfterMs: null })],
    ['a web page', failed({ kind: 'unreadable', html: true, what: 'a web page' })],
    ['rubbish', said({ state: 'done' })],
    ['nothing', said(undefined)],
  ])('%s leaves it in doubt', (_what, answer) => {
    expect(readAnswer(ID, answer)).toEqual({ id: ID, state: 'unknown' });
  });
});

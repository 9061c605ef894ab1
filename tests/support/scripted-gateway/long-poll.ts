/** What a desk asks of the scripted gateway by plain requests, where it gets no socket. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from '../../../contract/protocol.ts';
import type { Event } from '../../../contract/events.ts';
import { commandStatus, giveCommand } from './commands.ts';
import type { CommandScript } from './commands.ts';
import { healthOf } from './health.ts';

export interface PolledState {
  readonly script: { readonly commands: CommandScript; readonly emit: (event: Event) => unknown[] };
  readonly seen: string[];
  readonly epoch: string;
  readonly log: readonly Event[];
}

type Answer = { status: number; body: object };

const PAGE = 50;
const LOOK_EVERY_MS = 5;

/** @returns null for a request that is none of these */
export async function answerPoll(
  state: PolledState,
  method: string,
  path: string,
  sent: unknown,
): Promise<Answer | null> {
  const { script, seen } = state;
  const url = new URL(path, 'http://gateway');
  if (url.pathname === '/v1/health') return { status: 200, body: healthOf(state) };
  if (url.pathname.endsWith('/events')) return events(state, url.searchParams);
  const [, store, id] = /^\/v1\/stores\/(\w+)\/commands(?:\/(.+))?$/.exec(url.pathname) ?? [];
  if (store === undefined) return null;
  if (method === 'GET') return { status: 200, body: commandStatus(script.commands, seen, id ?? '') };
  const answer = giveCommand(script.commands, seen, { ...(sent as Command), store });
  return answer ? { status: 200, body: answer } : { status: 502, body: {} };
}

/** Holds its answer until there is something, as long as it was asked to. */
async function events(state: PolledState, asked: URLSearchParams): Promise<Answer> {
  const after = Number(asked.get('after'));
  const waitMs = Number(asked.get('wait')) * 1000;
  state.seen.push(waitMs === 0 ? `subscribe by poll ${after}` : `poll ${after}`);
  const { epoch } = state;
  for (let waited = 0; waited < waitMs && state.log.length <= after && state.epoch === epoch; waited += LOOK_EVERY_MS) {
    await wait(LOOK_EVERY_MS);
  }
  const reason = obstacle(state, asked.get('epoch'), after, asked.get('id'));
  if (reason) return { status: 409, body: { error: { code: reason, message: `scripted: ${reason}` } } };
  const page = state.log.slice(after, after + PAGE).flatMap(state.script.emit);
  return { status: 200, body: { epoch: state.epoch, head: state.log.length, emittedAt: Date.now(), events: page } };
}

function obstacle({ epoch, log }: PolledState, asked: string | null, after: number, id: string | null): string | null {
  if (asked !== null && asked !== epoch) return 'epoch-changed';
  if (after > log.length) return 'ahead';
  return id !== null && log[after - 1]?.id !== id ? 'diverged' : null;
}

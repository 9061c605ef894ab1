/** A process of the bench's own, with typed questions: what is measured shares no heap, no JIT and no loop with the rest. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { underSlowFlush } from './slow-flush.ts';
import type { Question, Questions, Reply, Usage } from './station-message.ts';

export interface Station<Q extends Questions> {
  readonly pid: number;
  ask<N extends keyof Q & string>(name: N, input: Parameters<Q[N]>[0]): ReturnType<Q[N]>;
  usage(): Promise<Usage>;
  /** As SIGKILL ends it. */
  kill(): Promise<void>;
  /** Ends it; twice is harmless. */
  close(): Promise<void>;
}

export interface StationOptions {
  /** Folder for a processor profile of this process; none without. */
  readonly profile?: string;
  /** Its flushes to the disk take this much longer, milliseconds (slow-flush.ts); none without. */
  readonly flushMs?: number;
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

/** How a gateway is started where merchants run it (docs/adr/0021); its anchors are started alike. */
const asDelivered = ['--v8-pool-size=0'];

/** A program that runs another hands on the line over which questions come. */
function heldUp(ms: number, node: readonly string[]): { execPath: string; execArgv: string[] } {
  const { file, args } = underSlowFlush(ms);
  return { execPath: file, execArgv: [...args, process.execPath, ...node] };
}

/** @param file of the station, beside the others in `stations/` */
export async function openStation<Q extends Questions>(
  file: string,
  options: StationOptions = {},
): Promise<Station<Q>> {
  const folder = import.meta.dirname;
  const profile = options.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`];
  const node = [...asDelivered, '--expose-gc', '--max-old-space-size=4096', ...profile];
  const child = fork(path.join(folder, 'station-process.ts'), [path.join(folder, 'stations', file)], {
    ...(options.flushMs === undefined ? { execArgv: node } : heldUp(options.flushMs, node)),
    serialization: 'advanced',
  });
  const pending = new Map<number, Pending>();
  let last = 0;
  const ended = once(child, 'exit');
  child.on('exit', (code, signal) => {
    const error = new Error(`${file} ended (${signal ?? code ?? 'unknown'})`);
    for (const { reject } of pending.values()) reject(error);
    pending.clear();
  });
  child.on('message', (reply: Reply | 'ready') => {
    if (reply === 'ready') return;
    const asked = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.ok) asked?.resolve(reply.output);
    else asked?.reject(new Error(reply.error));
  });
  const ask = (name: string, input: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      last += 1;
      pending.set(last, { resolve, reject });
      child.send({ id: last, name, input } satisfies Question, (error) => error && reject(error));
    });
  await Promise.race([once(child, 'message'), ended]);
  if (child.exitCode !== null) throw new Error(`${file} could not be started`);
  return {
    pid: child.pid ?? 0,
    ask: (name, input) => ask(name, input) as ReturnType<Q[typeof name]>,
    usage: () => ask('usage', undefined) as Promise<Usage>,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    close: async () => {
      if (child.connected) child.send({ id: 0, name: 'end', input: undefined } satisfies Question);
      await ended;
    },
  };
}

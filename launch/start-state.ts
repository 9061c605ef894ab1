import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** What a start of the demo remembers for the next one. */
export interface StartState {
  /** Process id of the start that runs, or ran last. */
  readonly pid: number;
  /** Port of the demo's gateway, kept so that the paired desk finds it again. */
  readonly gatewayPort: number;
  /** The demo shop's key at that gateway. */
  readonly shopKey: string;
}

/** How often, and how many milliseconds apart, a gateway that may just be starting again is asked. */
const asking = { times: 5, everyMs: 400 };

function isState(value: unknown): value is StartState {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    'gatewayPort' in value &&
    Number.isSafeInteger(value.gatewayPort) &&
    'shopKey' in value &&
    typeof value.shopKey === 'string'
  );
}

/** @returns null when there is none, or it cannot be read */
export function readStartState(file: string): StartState | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isState(value) ? value : null;
  } catch {
    return null;
  }
}

export function writeStartState(file: string, state: StartState): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
  renameSync(draft, file);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 503;
  } catch {
    return false;
  }
}

/**
 * True when the start that wrote this state still runs: its process is there and its gateway answers. The process id
 * alone proves nothing: after a crash it may be someone else's.
 */
export async function isRunningStart(state: StartState): Promise<boolean> {
  for (let time = 0; time < asking.times; time += 1) {
    if (state.pid === process.pid || !isRunning(state.pid)) return false;
    if (await answers(state.gatewayPort)) return true;
    await wait(asking.everyMs);
  }
  return false;
}

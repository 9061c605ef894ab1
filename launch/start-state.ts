import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What a start of the demo remembers for the next one. */
export interface StartState {
  /** Process id of the start that runs, or ran last. */
  readonly pid: number;
  /** Port of the demo's gateway, kept so that the paired desk finds it again. */
  readonly gatewayPort: number;
}

function isState(value: unknown): value is StartState {
  return (
    typeof value === 'object' &&
    value !== null &&
    'pid' in value &&
    Number.isSafeInteger(value.pid) &&
    'gatewayPort' in value &&
    Number.isSafeInteger(value.gatewayPort)
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

/** True when the start that wrote this state still runs: its process is there and its gateway answers. */
export async function isRunningStart(state: StartState): Promise<boolean> {
  if (state.pid === process.pid || !isRunning(state.pid)) return false;
  try {
    const answer = await fetch(`http://127.0.0.1:${state.gatewayPort}/healthz`, { signal: AbortSignal.timeout(2_000) });
    await answer.body?.cancel();
    return answer.status === 200 || answer.status === 503;
  } catch {
    return false;
  }
}

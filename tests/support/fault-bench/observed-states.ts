import type { Recorded } from './history.ts';

/**
 * The connection's states from the last one before a fault until the screen was right again, each change once and a loop
 * once. Pure.
 */
export function observedStates(facts: readonly Recorded[]): string {
  const begins = facts.findIndex(({ type }) => type === 'fault');
  const ends = facts.findIndex(({ type }) => type === 'recovered');
  const before = facts.slice(0, begins).flatMap(nameOf).slice(-1);
  const names = [...before, ...facts.slice(begins, ends === -1 ? undefined : ends).flatMap(nameOf)];
  const changes = names.filter((name, n) => name !== names[n - 1]);
  return foldLoops(changes).join(' → ');
}

/** A desk that ends or has only begun says nothing of the connection; that it was started anew is said. */
function nameOf(fact: Recorded): string[] {
  if (fact.type === 'started') return ['(started anew)'];
  if (fact.type !== 'state' || fact.connection.state === 'closed' || fact.connection.state === 'unpaired') return [];
  const { connection } = fact;
  return [connection.state === 'waiting' ? `waiting (${connection.reason})` : connection.state];
}

const LOOP_MOST = 4;

/** a b c b c b c → a [b → c] × 3 */
function foldLoops(names: readonly string[]): string[] {
  const told: string[] = [];
  for (let at = 0; at < names.length;) {
    const { length, times } = loopAt(names, at);
    const part = names.slice(at, at + length);
    if (times > 1) told.push(`[${part.join(' → ')}] × ${times}`);
    else told.push(...part);
    at += length * times;
  }
  return told;
}

function loopAt(names: readonly string[], at: number): { length: number; times: number } {
  for (let length = 2; length <= LOOP_MOST; length += 1) {
    const part = names.slice(at, at + length).join();
    let times = 1;
    while (names.slice(at + length * times, at + length * (times + 1)).join() === part) times += 1;
    if (times > 1 && part !== '') return { length, times };
  }
  return { length: 1, times: 1 };
}

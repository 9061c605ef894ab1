/** A program of its own: watches the endpoint given, closes when its input ends, and has to end by itself then. */
import { MemoryLedger } from './memory-ledger.ts';
import { Hearing, startWatcher } from './watcher-desk.ts';

const hearing = new Hearing();
const watcher = startWatcher(
  new MemoryLedger(),
  { rpc: [process.argv[2] ?? ''], timings: { timeoutMs: 3_600_000 } },
  { hearing },
);
hearing.heard.push = () => {
  process.stdout.write('heard\n');
  return 0;
};
process.stdin.once('end', () => void watcher.close()).resume();

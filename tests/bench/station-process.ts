/** Composition root of every process the bench starts: answers questions about one station until it is told to end. */
import type { Question, Questions, Reply, Usage } from './station-message.ts';

interface StationModule {
  createStation(): Questions;
}

function usage(): Usage {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  return { cpuMs: (user + system) / 1000, heapBytes: heapUsed, residentBytes: rss };
}

async function answer(station: Questions, { name, input }: Question): Promise<unknown> {
  if (name === 'usage') return usage();
  const asked = station[name];
  if (!asked) throw new Error(`the station knows no question "${name}"`);
  return asked(input as never);
}

const [module = ''] = process.argv.slice(2);
const station = ((await import(module)) as StationModule).createStation();

process.on('message', (question: Question) => {
  if (question.name === 'end') process.exit(0);
  const reply = (message: Reply): void => void process.send?.(message);
  answer(station, question).then(
    (output) => reply({ id: question.id, ok: true, output }),
    (error: unknown) =>
      reply({ id: question.id, ok: false, error: error instanceof Error ? String(error.stack) : String(error) }),
  );
});
process.on('disconnect', () => process.exit(1));
process.send?.('ready');

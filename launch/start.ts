/** `npm start`: everything that a living desk needs, in one command. Composition root; starts programs, imports none. */
import { homedir } from 'node:os';
import path from 'node:path';
import { defaultDataFolder } from './data-folder.ts';
import { launch } from './launch-run.ts';
import type { Running } from './launch-run.ts';
import { parseStartArguments, usage } from './start-arguments.ts';
import type { StartArguments } from './start-arguments.ts';
import { StartFailure } from './start-failure.ts';
import { watchStopRequests } from './stop-requests.ts';
import { workplaceIn } from './workplace.ts';

async function run(args: StartArguments): Promise<number> {
  const data = args.data ?? defaultDataFolder({ platform: process.platform, home: homedir(), env: process.env });
  const running: Running[] = [];
  const interrupt = new AbortController();
  const requests = watchStopRequests((impatient) => {
    if (!impatient) console.log('Stopping …');
    interrupt.abort();
    for (const each of running) {
      if (impatient) each.kill();
      else void each.stop();
    }
  });
  try {
    return await launch({
      args,
      place: workplaceIn(path.resolve(import.meta.dirname, '..'), path.resolve(data)),
      say: (line) => console.log(line),
      signal: interrupt.signal,
      onStarted: (each) => void running.push(each),
    });
  } catch (error) {
    if (interrupt.signal.aborted) return 0;
    console.error(error instanceof StartFailure ? error.message : error);
    return 1;
  } finally {
    interrupt.abort();
    await Promise.all(running.map((each) => each.stop()));
    requests.close();
  }
}

async function main(): Promise<number> {
  const parsed = parseStartArguments(process.argv.slice(2));
  if ('help' in parsed) {
    console.log(usage);
    return 0;
  }
  if ('fault' in parsed) {
    console.error(`${parsed.fault}\n\n${usage}`);
    return 2;
  }
  return run(parsed.value);
}

// Whoever read the output may be gone first; that is no reason to fall before everything is ended.
process.stdout.on('error', () => undefined);
process.exit(await main());

import { ConfigError, loadConfig } from '../config/load-config.ts';
import { noMore, readArguments, required } from './arguments.ts';
import { counted, print } from './terminal.ts';
import type { CommandLine } from './terminal.ts';

/** Says of a configuration whether `serve` would take it, and names line and field of every fault. */
export const check: CommandLine = async (args, terminal) => {
  const { values, positionals } = readArguments(args, { config: { type: 'string' } });
  noMore(positionals, 0);
  const file = required(values.config, '--config');
  try {
    const { stores, sources, chains } = await loadConfig(file, terminal.environment);
    const counts = [
      counted(stores.length, 'store'),
      counted(sources.length, 'source'),
      counted(chains.length, 'chain'),
    ].join(', ');
    print(terminal, values.json === true, { ok: true, faults: [] }, [`${file} is right: ${counts}.`]);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError) || values.json !== true) throw error;
    print(terminal, true, { ok: false, faults: error.faults }, []);
    return 2;
  }
};

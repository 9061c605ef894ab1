import { readFile } from 'node:fs/promises';
import { faultCode, systemWords } from '../system-words.ts';
import { gatewayConfigSchema } from './config-schema.ts';
import type { GatewayConfig } from './config-schema.ts';
import { parseConfig } from './parse-config.ts';
import type { ConfigFault } from './parse-config.ts';

/** A configuration that can't be used; `faults` names line and field of each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(file: string, faults: readonly ConfigFault[]) {
    super(faults.map(({ line, field, message }) => `${file}:${line}: ${field && `${field}: `}${message}`).join('\n'));
    this.faults = faults;
  }
}

/** One store, `main`, no processors and no chains. */
export function defaultConfig(): GatewayConfig {
  return gatewayConfigSchema.parse({});
}

/** @throws ConfigError when the file is missing or anything in it is wrong */
export async function loadConfig(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<GatewayConfig> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const missing = faultCode(error) === 'ENOENT';
    const message = missing ? 'there is no such file' : `can't be read: ${systemWords(error) ?? String(error)}`;
    throw new ConfigError(file, [{ line: 1, field: '', message }]);
  });
  const parsed = parseConfig(text, environment);
  if (!parsed.ok) throw new ConfigError(file, parsed.faults);
  return parsed.config;
}

/** The demo's command line and environment, checked. */
import { parseArgs } from 'node:util';
import type { PlayOptions } from './programme/play.ts';
import { scenarioNames } from './scenarios/names.ts';
import type { ScenarioName } from './scenarios/names.ts';
import type { Ports } from './world/fronts.ts';

export interface DemoOptions extends PlayOptions, Ports {
  /** The gateway's address without a trailing slash; null when a launcher tells it later. */
  readonly gateway: string | null;
  readonly store: string;
  /** Id of the gateway's source that the pretend processor's webhooks go to. */
  readonly source: string;
  readonly seed: string;
  readonly blockMs: number;
  /** Folder in which the pretend chain and processor outlive a restart; null: they are forgotten. */
  readonly data: string | null;
  readonly launched: boolean;
  readonly printConfig: boolean;
  readonly quiet: boolean;
  readonly help: boolean;
  readonly secrets: DemoSecrets;
}

/** Null where the environment does not give it. */
export interface DemoSecrets {
  readonly shopKey: string | null;
  readonly webhookSecret: string | null;
  readonly apiKey: string | null;
}

/** What was wrong with the command line, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const flags = {
  gateway: { type: 'string' },
  store: { type: 'string', default: 'main' },
  source: { type: 'string', default: 'crypto-com' },
  rate: { type: 'string', default: '10' },
  seed: { type: 'string' },
  scenario: { type: 'string' },
  once: { type: 'string' },
  'port-processor': { type: 'string', default: '8391' },
  'port-chain': { type: 'string', default: '8392' },
  'block-seconds': { type: 'string', default: '4' },
  data: { type: 'string' },
  launched: { type: 'boolean', default: false },
  'print-config': { type: 'boolean', default: false },
  quiet: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * @param seed used where the command line gives none
 * @throws UsageError for anything that cannot be understood
 */
export function readOptions(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  seed: string,
): DemoOptions {
  const values = parsed(argv);
  const options: DemoOptions = {
    gateway: values.gateway === undefined ? null : gatewayUrl(values.gateway),
    store: values.store,
    source: values.source,
    rate: number('rate', values.rate, 0, 6_000),
    seed: values.seed ?? seed,
    scenario: values.scenario === undefined ? null : scenarioName(values.scenario),
    once: values.once === undefined ? null : whole('once', values.once, 1, 1_000_000),
    portProcessor: whole('port-processor', values['port-processor'], 0, 65_535),
    portChain: whole('port-chain', values['port-chain'], 0, 65_535),
    blockMs: number('block-seconds', values['block-seconds'], 0.05, 600) * 1000,
    data: values.data ?? null,
    launched: values.launched,
    printConfig: values['print-config'],
    quiet: values.quiet,
    help: values.help,
    secrets: {
      shopKey: environment['TILLWATCH_DEMO_KEY'] ?? null,
      webhookSecret: environment['TILLWATCH_DEMO_WEBHOOK_SECRET'] ?? null,
      apiKey: environment['TILLWATCH_DEMO_API_KEY'] ?? null,
    },
  };
  if (options.rate === 0 && (options.scenario !== null || options.once !== null)) {
    throw new UsageError('--rate 0 plays the opening alone: leave it out together with --scenario or --once');
  }
  if (!options.help && !options.printConfig && !options.launched) standalone(options);
  return options;
}

/** Beside a gateway of one's own everything has to be said. */
function standalone(options: DemoOptions): void {
  const { shopKey, webhookSecret, apiKey } = options.secrets;
  if (options.gateway === null) throw new UsageError('Say which gateway: --gateway http://127.0.0.1:8377');
  const missing = [
    ...(shopKey === null
      ? ['TILLWATCH_DEMO_KEY (npm run gateway -- key create --store main --scope orders:write --name Demo …)']
      : []),
    ...(webhookSecret === null ? ['TILLWATCH_DEMO_WEBHOOK_SECRET (as the gateway has it)'] : []),
    ...(apiKey === null ? ['TILLWATCH_DEMO_API_KEY (as the gateway has it)'] : []),
  ];
  if (missing.length > 0) throw new UsageError(`Set in the environment: ${missing.join(', ')}`);
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: flags, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** @throws UsageError when it is not an http address */
export function gatewayUrl(text: string): string {
  if (!URL.canParse(text)) throw new UsageError(`"${text}" is not an address such as http://127.0.0.1:8377`);
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(`"${text}" is not an address that starts with http:// or https://`);
  }
  return url.href.replace(/\/+$/, '');
}

function number(flag: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (!(value >= least && value <= most)) {
    throw new UsageError(`--${flag} takes a number from ${least} to ${most}, not "${text}"`);
  }
  return value;
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = number(flag, text, least, most);
  if (!Number.isInteger(value)) throw new UsageError(`--${flag} takes a whole number, not "${text}"`);
  return value;
}

function scenarioName(text: string): ScenarioName {
  const name = scenarioNames.find((each) => each === text);
  if (!name) throw new UsageError(`--scenario takes one of ${scenarioNames.join(', ')}, not "${text}"`);
  return name;
}

/**
 * A pretend shop, payment processors and chains that drive a gateway through its real front doors. Two ways to run it:
 *
 * Beside a gateway of one's own (fixed ports, so that the gateway's configuration can name them):
 *   1. npm run -s demo -- --print-config > gateway.yaml    the gateway's whole configuration, secrets as ${NAMES}
 *   2. TILLWATCH_DEMO_WEBHOOK_SECRET=… TILLWATCH_DEMO_API_KEY=… npm run gateway -- serve --config gateway.yaml …
 *   3. TILLWATCH_DEMO_KEY=… (an orders:write key) and the same two secrets: npm run demo -- --gateway URL
 *
 * Started by a launcher (`--launched`, with `--port-processor 0 --port-chain 0 --data DIR`):
 *   1. The demo listens at once and prints one line of JSON on stdout:
 *      {"processor": url, "chain": url, "chainSocket": url, "config": "…gateway.yaml…", "env": {NAME: secret}}
 *      `env` is what the gateway's process needs for `config`; a secret given in the environment is kept.
 *   2. The launcher starts the gateway with that configuration, makes a shop key with `key create --scope orders:write`,
 *      and writes one line of JSON to the demo's stdin: {"gateway": url, "key": "twk_…"}. Until then the demo sells
 *      nothing. A later line replaces both, for a gateway that came back elsewhere.
 *   3. The demo waits for /readyz and goes. It ends when its stdin ends, or on SIGTERM or SIGINT.
 * With the same --data the pretend chain and processor continue where they were, so that a gateway's stored trail of
 * blocks stays true, and references and addresses are never used again. Orders whose story was cut off by the end are
 * left to expire. Without its data the chain is another one, and a gateway that followed the former shows, rightly, that
 * its payments were reorganised away. Exit codes: 0 done, 1 failed, 2 wrong arguments.
 */
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { systemTimers } from './clock/timers.ts';
import { openDemo } from './demo.ts';
import type { Demo } from './demo.ts';
import { introductionIn } from './introduction.ts';
import { readOptions, UsageError } from './options.ts';
import type { DemoOptions } from './options.ts';
import { scenarioNames } from './scenarios/names.ts';
import { gatewayConfig } from './world/gateway-config.ts';

const usage = `npm run demo -- --gateway URL [--rate N] [--seed S] [--scenario NAME] [--once N]

  --gateway URL          where to sell; secrets come from the environment: TILLWATCH_DEMO_KEY (an orders:write key),
                         TILLWATCH_DEMO_WEBHOOK_SECRET and TILLWATCH_DEMO_API_KEY (as in the gateway's configuration)
  --store ID             the gateway's store (main)
  --source ID            the gateway's crypto-com-pay source (crypto-com)
  --rate N               orders per minute after the opening (10)
  --seed S               the same seed plays the same orders; against one gateway use each seed once, or --data
  --scenario NAME        plays this one only: ${scenarioNames.join(', ')}
  --once N               ends after N orders
  --port-processor N     port of the pretend processors (8391); 0: a free one
  --port-chain N         port of the pretend nodes (8392); 0: a free one
  --block-seconds N      time between blocks (4)
  --data DIR             keeps chain and payments there, so that a restart continues them; without it a gateway takes
                         the next run for a chain that was rewritten
  --print-config         prints the gateway.yaml that goes with it, and ends
  --launched             speaks JSON with a launcher, see the head of demo/index.ts
  --quiet                no line per order`;

function timeZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** What `--print-config` prints: fixed ports, secrets by name. */
function printedConfig(options: DemoOptions): string {
  return gatewayConfig({
    ...options,
    timeZone: timeZone(),
    processors: `http://127.0.0.1:${options.portProcessor}`,
    nodes: `http://127.0.0.1:${options.portChain}`,
    nodeSockets: `ws://127.0.0.1:${options.portChain}`,
  });
}

async function run(options: DemoOptions): Promise<void> {
  const { gateway, secrets } = options;
  const webhookSecret = secrets.webhookSecret ?? `whsec_${randomBytes(24).toString('hex')}`;
  const apiKey = secrets.apiKey ?? `sk_demo_${randomBytes(24).toString('hex')}`;
  const demo = await openDemo({
    options,
    webhookSecret,
    apiKey,
    timeZone: timeZone(),
    timers: systemTimers,
    fetch,
    say: (line) => options.quiet || console.log(line),
  });
  const ended = Promise.withResolvers<undefined>();
  const end = () => ended.resolve(undefined);
  process.once('SIGINT', end).once('SIGTERM', end);
  if (options.launched) {
    greet(demo, { TILLWATCH_DEMO_WEBHOOK_SECRET: webhookSecret, TILLWATCH_DEMO_API_KEY: apiKey });
    listen(demo, end);
  } else if (gateway !== null && secrets.shopKey !== null) {
    demo.introduce({ url: gateway, key: secrets.shopKey });
  }
  try {
    await Promise.race([demo.play(), ended.promise]);
  } finally {
    await demo.close();
    process.stdin.destroy();
  }
}

function greet(demo: Demo, env: Readonly<Record<string, string>>): void {
  const { processorUrl: processor, chainUrl: chain, chainSocketUrl: chainSocket, config } = demo;
  console.log(JSON.stringify({ processor, chain, chainSocket, config, env }));
}

/** The launcher's lines; their end is the launcher's end. */
function listen(demo: Demo, end: () => void): void {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const gateway = introductionIn(line);
    if (gateway) demo.introduce(gateway);
    else console.error('The launcher said something else than {"gateway": url, "key": "twk_…"}.');
  });
  lines.once('close', end);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env, randomBytes(4).toString('hex'));
  if (options.help) console.log(usage);
  else if (options.printConfig) console.log(printedConfig(options));
  else await run(options);
}

try {
  await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  console.error(error instanceof Error ? error.message : String(error));
  if (isUsage) console.error('See npm run demo -- --help');
  process.exitCode = isUsage ? 2 : 1;
}

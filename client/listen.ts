/** Composition root of the listener: `npm run listen -- --gateway URL --code CODE …`. */
import https from 'node:https';
import { hostname } from 'node:os';
import { isOnThisMachine } from './gateway-url.ts';
import { runListen } from './listen/run-listen.ts';

const end = new AbortController();
const agent = new https.Agent({ proxyEnv: process.env });

process.once('SIGINT', () => end.abort());
process.once('SIGTERM', () => end.abort());
// Whoever read along has gone, as `head` does.
process.stdout.on('error', () => end.abort());

process.exitCode = await runListen(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  now: () => Date.now(),
  // HTTPS_PROXY and NO_PROXY, as other command-line programs take them.
  reach: (gateway) => (URL.canParse(gateway) && !isOnThisMachine(gateway) ? { agent } : {}),
  signal: end.signal,
  defaultName: `Listener on ${hostname()}`,
});
agent.destroy();
// Whatever was being opened when it was to end is not waited for; what was printed is.
if (end.signal.aborted) process.stdout.write('', () => process.exit());

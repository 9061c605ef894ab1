/** Composition root of the browser host: `npm run desk:browser -- --data DIR …`. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { openDemoChannel } from './profile/demo-channel.ts';
import { environmentNetwork } from './browser/environment-network.ts';
import { createFileSecrets } from './profile/file-secrets.ts';
import { parseHostArguments, usage } from './browser/host-arguments.ts';
import type { HostArguments } from './browser/host-arguments.ts';
import { createJsonLog } from './profile/json-log.ts';
import { createProfileDesk } from './profile/gateways/profile-desk.ts';
import { keepRecentLog } from './profile/recent-log.ts';
import { openSettings } from './profile/settings-file.ts';
import { processParent } from './profile/process-parent.ts';
import { runHost } from './browser/run-host.ts';
import type { RunningHost } from './browser/run-host.ts';
import { openInBrowser } from './browser/system-browser.ts';
import { systemLockPort } from './profile/system-lock-port.ts';
import { systemTime } from './desk/clock/system-time.ts';
import { createDesk } from './desk/create-desk.ts';

const root = path.resolve(import.meta.dirname, '..');

/** The longest a clean end may take, in milliseconds. */
const endWithinMs = 8_000;

function versionOfApplication(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
}

async function run(args: HostArguments): Promise<RunningHost | null> {
  const version = versionOfApplication();
  const recent = keepRecentLog(
    createJsonLog((line) => process.stderr.write(line), Date.now),
    Date.now,
  );
  const { log } = recent;
  const settings = openSettings(path.join(args.data, 'settings.json'), (error) =>
    log('warn', 'the settings could not be read', { error: String(error) }),
  );
  const retentionHours = () => settings.read().retentionHours;
  const parent = processParent();
  const network = environmentNetwork(process.env, (message) => log('warn', message));
  return runHost(args, {
    createDesk: () =>
      createProfileDesk({
        profile: args.data,
        secretsIn: async (file) => createFileSecrets(file),
        createDesk: (place) => createDesk({ ...place, ...{ version, network, log, retentionHours }, time: systemTime }),
        ...{ now: Date.now, log },
      }),
    demo: args.demo && parent ? openDemoChannel(parent) : null,
    settings,
    proxy: network,
    lockFile: path.join(args.data, 'desk.lock'),
    lockPort: systemLockPort,
    rendererDir: path.join(root, 'dist', 'renderer'),
    version,
    log,
    recentLog: recent.lines,
    say: (line) => console.log(line),
    openLink: (link) => openInBrowser(link),
  });
}

/** Ends cleanly when asked to, and when whoever started this host has gone. */
function endWhenAsked(host: RunningHost): void {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(1), endWithinMs).unref();
    host.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(`Tillwatch did not close cleanly: ${error instanceof Error ? error.message : String(error)}`);
        process.exit(1);
      },
    );
  };
  for (const asked of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(asked, end);
}

async function main(): Promise<number | null> {
  const parsed = parseHostArguments(process.argv.slice(2), `Desk on ${hostname()}`);
  if ('help' in parsed) {
    console.log(usage);
    return 0;
  }
  if ('fault' in parsed) {
    console.error(`${parsed.fault}\n\n${usage}`);
    return 2;
  }
  try {
    const host = await run(parsed.value);
    if (host === null) return 0;
    endWhenAsked(host);
    return null;
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const message = error instanceof Error ? error.message : String(error);
    console.error(
      taken ? `Port ${parsed.value.port} is taken: give another --port, or 0.` : `Could not open: ${message}`,
    );
    return 1;
  }
}

const exitCode = await main();
if (exitCode !== null) process.exit(exitCode);

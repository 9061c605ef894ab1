/** Composition root of the connection doctor: `npm run doctor -- --gateway URL …`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { environmentNetwork } from './browser/environment-network.ts';
import { systemTime } from './desk/clock/system-time.ts';
import type { TimePort } from './desk/desk.ts';
import { runDoctor } from './doctor/run-doctor.ts';

/** The desk's timers do not keep a process alive; here nothing else may be left while a step waits. */
const patientTime: TimePort = {
  ...systemTime,
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

function versionOfApplication(): string {
  const manifest: unknown = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '..', 'package.json'), 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
}

const end = new AbortController();
const INTERRUPTED = 130;
process.once('SIGINT', () => {
  end.abort(new Error('interrupted'));
  process.exitCode = INTERRUPTED;
});

try {
  process.exitCode = await runDoctor(process.argv.slice(2), {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    time: patientTime,
    network: environmentNetwork(process.env, (message) => void process.stderr.write(`${message}\n`)),
    version: versionOfApplication(),
    signal: end.signal,
  });
} catch (error) {
  if (!end.signal.aborted) throw error;
}

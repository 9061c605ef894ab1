import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { buildApplication } from '../../support/electron-stand-in/built-application.ts';
import { StandInApplication } from '../../support/electron-stand-in/electron-application.ts';
import type { Mark, StartMark } from '../../support/electron-stand-in/start-trace.ts';
import { PATIENCE } from '../../support/patience.ts';

const rounds = 3;
const steps: readonly StartMark[] = [
  ...(['entry begins', 'entry evaluated', 'ready', 'key store asked', 'desk open, page read'] as const),
  ...(['window opened', 'page painted', 'window shown'] as const),
];

/** An application that opens a window on an empty page, and does nothing else. */
const emptyMain = `
import { mkdirSync } from 'node:fs';
import { BrowserWindow, app, protocol } from 'electron';
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
mkdirSync(process.argv.at(-1), { recursive: true });
app.setPath('userData', process.argv.at(-1));
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const headers = { 'content-type': 'text/html' };
  protocol.handle('app', () => new Response('<!doctype html><p>Empty', { headers }));
  const window = new BrowserWindow({ show: false, webPreferences: PREFERENCES });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('app://tillwatch/index.html');
});
`;

let dir: string;
let real: string;
let empty: string;

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'tillwatch-trace-'));
  real = await buildApplication(path.join(dir, 'built'), 'real');
  empty = path.join(dir, 'empty', 'index.mjs');
  mkdirSync(path.dirname(empty));
  writeFileSync(path.join(dir, 'empty', 'preload.cjs'), '');
  const preferences = { sandbox: true, contextIsolation: true, preload: path.join(dir, 'empty', 'preload.cjs') };
  writeFileSync(empty, emptyMain.replace('PREFERENCES', JSON.stringify(preferences)));
});

afterAll(() => rm(dir, { recursive: true, force: true }));

async function traceOf(entry: string, profile: string): Promise<readonly Mark[]> {
  const app = await StandInApplication.launch(entry, ['--data', profile]);
  if (!app) throw new Error('the application ended at once');
  try {
    return await vi.waitFor(
      async () => {
        const marks = await app.evaluate(({ standIn }) => standIn.trace.marks, null);
        expect(marks.at(-1)?.mark, app.output()).toBe('window shown');
        return marks;
      },
      { ...PATIENCE, interval: 50 },
    );
  } finally {
    await app.close();
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

it('does its work before the window in this order, beside that of an empty application', async () => {
  const traces = { ours: [] as (readonly Mark[])[], empty: [] as (readonly Mark[])[] };
  for (let round = 0; round < rounds; round += 1) {
    traces.empty.push(await traceOf(empty, path.join(dir, `empty-${round}`)));
    traces.ours.push(await traceOf(real, path.join(dir, `ours-${round}`)));
  }
  const of = (kind: 'ours' | 'empty', step: StartMark, value: 'at' | 'cpu') =>
    median(traces[kind].map((marks) => marks.find(({ mark }) => mark === step)?.[value] ?? Number.NaN));
  const cell = (value: number) => (Number.isNaN(value) ? '' : value.toFixed(0)).padStart(8);
  const lines = steps.map((step) =>
    [
      step.padEnd(22),
      cell(of('ours', step, 'at')),
      cell(of('ours', step, 'cpu')),
      cell(of('empty', step, 'at')),
      cell(of('empty', step, 'cpu')),
    ].join(''),
  );
  const head = `${'ms, median of 3'.padEnd(22)}    ours     cpu   empty     cpu`;
  process.stdout.write(`start-up of the main process (stand-in; ready comes at once)\n${head}\n${lines.join('\n')}\n`);
  for (const marks of traces.ours) expect(marks.map(({ mark }) => mark)).toEqual(steps);
  // The page is the bigger part: what main does before it must not come near.
  const before = (kind: 'ours' | 'empty') => of(kind, 'window opened', 'at') - of(kind, 'ready', 'at');
  const after = of('ours', 'window shown', 'at') - of('ours', 'window opened', 'at');
  expect(before('ours') - before('empty')).toBeLessThan(after);
});

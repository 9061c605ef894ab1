/**
 * `npm test`: every check, whatever fails on the way, and one line of counts at the end. A step that runs no tests of its own
 * counts as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { describeFailures, failedInPlaywright, failedInVitest } from './support/check-reports/failed-tests.ts';
import type { FailedTest } from './support/check-reports/failed-tests.ts';
import { describeTimes, spanOf } from './support/check-reports/step-times.ts';
import type { StepTime } from './support/check-reports/step-times.ts';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

interface Step {
  readonly title: string;
  /** The npm script, with further arguments for the tool behind it. */
  readonly script: readonly string[];
  /** Reads the counts out of the tool's report; without it the step itself is the one thing counted. */
  readonly counts?: () => Counts;
  /** What failed in it, by the same report. */
  readonly failed?: () => readonly FailedTest[];
}

const root = path.resolve(import.meta.dirname, '..');
/** Where `RunErrorReporter` writes, as vitest.config.ts says. */
const RUN_ERRORS = 'run-errors';
const nothing: Counts = { passed: 0, failed: 0, skipped: 0 };

const VitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
});

function reportFile(name: string): string {
  return path.join('.cache', 'reports', `${name}.json`);
}

function readReport(name: string): unknown {
  const file = path.join(root, reportFile(name));
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

function vitestCounts(name: string): Counts {
  const report = VitestReport.safeParse(readReport(name));
  if (!report.success) return nothing;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report.data;
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

function playwrightCounts(name: string): Counts {
  const report = PlaywrightReport.safeParse(readReport(name));
  if (!report.success) return nothing;
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

function vitestStep(name: string, script = name): Step {
  return {
    title: name,
    script: [script, `--outputFile.json=${reportFile(name)}`],
    counts: () => vitestCounts(name),
    failed: () => failedInVitest(readReport(name), readReport(RUN_ERRORS), root),
  };
}

/** What only reads the files: each keeps one processor busy, so that two rows of them go side by side. */
const readings: readonly (readonly Step[])[] = [
  [{ title: 'lint', script: ['lint'] }],
  [
    { title: 'format', script: ['format:check'] },
    { title: 'types', script: ['types'] },
    { title: 'boundaries', script: ['boundaries'] },
    { title: 'api documents fresh', script: ['docs:api', '--check'] },
  ],
];

/** What starts processes of its own and is timed: one after the other. */
const runs: readonly Step[] = [
  vitestStep('unit'),
  vitestStep('integration'),
  vitestStep('faults', 'faults:short'),
  { title: 'build', script: ['build'] },
  {
    title: 'e2e',
    script: ['e2e'],
    counts: () => playwrightCounts('e2e'),
    failed: () => failedInPlaywright(readReport('e2e'), root),
  },
];

/** Runs an npm script, its output passed on as it comes. Resolves to whether it succeeded. */
async function succeeds([script = '', ...args]: readonly string[]): Promise<boolean> {
  const npmArgs = ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])];
  const npm = process.env['npm_execpath'];
  // Through `npm test` npm names its own file, which runs without a shell on every system.
  const child =
    npm === undefined
      ? spawn('npm', npmArgs, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      : spawn(process.execPath, [npm, ...npmArgs], { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`could not start: ${error.message}`);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}

/** A tool that failed without a failing test (a file that would not load, say) still is one failure. */
function countsOf(step: Step, succeeded: boolean): Counts {
  if (step.counts === undefined) return { ...nothing, passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 };
  const counts = step.counts();
  const sum = counts.passed + counts.failed + counts.skipped;
  if (succeeded && sum > 0) return counts;
  return { ...counts, failed: Math.max(counts.failed, 1) };
}

async function runStep(step: Step): Promise<Outcome> {
  console.log(`\n── ${step.title} ${'─'.repeat(Math.max(3, 70 - step.title.length))}`);
  for (const report of [step.title, RUN_ERRORS]) rmSync(path.join(root, reportFile(report)), { force: true });
  const from = performance.now();
  const succeeded = await succeeds(step.script);
  const counts = countsOf(step, succeeded);
  const time = { title: step.title, from, to: performance.now() };
  const ended = counts.failed === 0 ? 'passed' : 'FAILED';
  console.log(`── ${step.title}: ${ended} in ${spanOf(time.to - from)} (${describe(counts)})`);
  return { step, counts, time };
}

function describe({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

interface Outcome {
  readonly step: Step;
  readonly counts: Counts;
  readonly time: StepTime;
}

async function runInTurn(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const step of steps) outcomes.push(await runStep(step));
  return outcomes;
}

async function main(): Promise<void> {
  mkdirSync(path.join(root, '.cache', 'reports'), { recursive: true });
  const chosen = process.argv.slice(2);
  const isChosen = ({ title }: Step): boolean => chosen.length === 0 || chosen.includes(title);
  const read = await Promise.all(readings.map((row) => runInTurn(row.filter(isChosen))));
  const outcomes = [...read.flat(), ...(await runInTurn(runs.filter(isChosen)))];
  if (outcomes.length > 0) console.log(`\n${describeTimes(outcomes.map(({ time }) => time)).join('\n')}`);
  const failing: string[] = [];
  const details: string[] = [];
  let total = nothing;
  for (const { step, counts } of outcomes) {
    if (counts.failed > 0) {
      failing.push(step.title);
      details.push(...describeFailures(step.title, step.failed?.() ?? []));
    }
    total = {
      passed: total.passed + counts.passed,
      failed: total.failed + counts.failed,
      skipped: total.skipped + counts.skipped,
    };
  }
  if (failing.length > 0) console.log(`\nFailing: ${failing.join(', ')}`);
  for (const line of details) console.log(line);
  console.log(`\n${describe(total)}`);
  if (failing.length > 0) process.exitCode = 1;
}

await main();

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FullConfig, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { BriefReporter } from '../../support/e2e/brief-reporter.ts';

let said = '';

beforeEach(() => {
  said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

function testIn(file: string, title: string, host = 'browser'): TestCase {
  return {
    expectedStatus: 'passed',
    annotations: [],
    location: { file: `/e2e/${file}`, line: 1, column: 1 },
    parent: { project: () => ({ name: host }) },
    titlePath: () => ['', host, file, title],
  } as unknown as TestCase;
}

const result = (status: TestResult['status'], duration: number): TestResult =>
  ({
    status,
    duration,
    errors: status === 'failed' ? [{ message: 'expected 1 to be 2' }] : [],
  }) as unknown as TestResult;

function begun(...tests: TestCase[]): BriefReporter {
  const reporter = new BriefReporter();
  reporter.onBegin({ rootDir: '/e2e' } as FullConfig, { allTests: () => tests } as unknown as Suite);
  return reporter;
}

test('files that run side by side are told once each, when they end', () => {
  const [a1, a2, b1] = [testIn('a.spec.ts', '1'), testIn('a.spec.ts', '2'), testIn('b.spec.ts', '1', 'stand-in')];
  const reporter = begun(a1, a2, b1);
  reporter.onTestEnd(a1, result('passed', 1_000));
  reporter.onTestEnd(b1, result('passed', 500));
  reporter.onTestEnd(a2, result('failed', 2_000));
  reporter.onEnd();
  expect(said.split('\n')).toEqual([
    'stand-in › b.spec.ts: 1 passed (0.5 s)',
    '✗ [browser] a.spec.ts › 2',
    'expected 1 to be 2',
    'browser › a.spec.ts: 1 passed, 1 FAILED (3.0 s)',
    '',
  ]);
});

test('a host that is not here is one line, and a run that was ended says what it did not come to', () => {
  const [here, never] = [testIn('a.spec.ts', '1'), testIn('a.spec.ts', '2')];
  const elsewhere = testIn('a.spec.ts', '1', 'electron');
  elsewhere.annotations.push({ type: 'skip', description: 'no Electron binary' });
  const reporter = begun(here, never, elsewhere);
  reporter.onTestEnd(elsewhere, result('skipped', 0));
  reporter.onTestEnd(here, result('passed', 100));
  reporter.onEnd();
  const [first, second, third] = said.split('\n');
  expect(first).toBe('browser › a.spec.ts: 1 passed, 1 not run (0.1 s)');
  expect(second).toBe('skipped: no Electron binary: host electron, 1 tests');
  expect(third).toMatch(/^not measured: no Electron binary/);
});

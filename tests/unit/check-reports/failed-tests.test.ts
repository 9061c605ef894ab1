import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeFailures, failedInPlaywright, failedInVitest } from '../../support/check-reports/failed-tests.ts';

const root = path.resolve('/project');

function vitestFile(file: string, status: string, ...tests: readonly [string, string, string?][]): object {
  return {
    name: path.join(root, file),
    status,
    message: status === 'failed' && tests.length === 0 ? 'Cannot find module x' : '',
    assertionResults: tests.map(([fullName, state, failure]) => ({
      fullName,
      status: state,
      failureMessages: failure === undefined ? [] : [failure],
    })),
  };
}

describe('the failures of a vitest run', () => {
  it('are each failed test, each file that would not load, and what went wrong outside of both', () => {
    const report = {
      testResults: [
        vitestFile('tests/a.test.ts', 'failed', ['a holds', 'passed'], ['a fails', 'failed', 'expected 1 to be 2']),
        vitestFile('tests/b.test.ts', 'failed'),
        vitestFile('tests/c.test.ts', 'passed', ['c holds', 'passed'], ['c waits', 'pending']),
      ],
    };
    const errors = [
      { message: 'nobody listened', stack: 'Error: nobody listened\n    at x.ts:1' },
      { message: 'ended' },
    ];
    expect(failedInVitest(report, errors, root)).toEqual([
      { file: path.join('tests', 'a.test.ts'), name: 'a fails', message: 'expected 1 to be 2' },
      { file: path.join('tests', 'b.test.ts'), name: '', message: 'Cannot find module x' },
      { file: '', name: '', message: 'Error: nobody listened\n    at x.ts:1' },
      { file: '', name: '', message: 'ended' },
    ]);
  });

  it.each([null, {}, { testResults: 'none' }])('are none where the report is %j', (report) => {
    expect(failedInVitest(report, report, root)).toEqual([]);
  });
});

describe('the failures of a Playwright run', () => {
  const spec = (title: string, status: string, ...messages: readonly string[]) => ({
    title,
    file: 'desk.spec.ts',
    tests: [{ projectName: 'browser', status, results: [{ errors: messages.map((message) => ({ message })) }] }],
  });

  it('are those of nested groups too, each with its host, and the flaky ones', () => {
    const report = {
      config: { rootDir: path.join(root, 'tests', 'e2e') },
      suites: [
        {
          title: 'desk.spec.ts',
          file: 'desk.spec.ts',
          specs: [spec('opens', 'expected'), spec('paints', 'unexpected', 'timed out', 'closed')],
          suites: [
            {
              title: 'a walk',
              file: 'desk.spec.ts',
              specs: [spec('ends', 'flaky', 'once'), spec('is left out', 'skipped')],
            },
          ],
        },
      ],
      errors: [{ message: 'no tests found' }],
    };
    const file = path.join('tests', 'e2e', 'desk.spec.ts');
    expect(failedInPlaywright(report, root)).toEqual([
      { file, name: '[browser] paints', message: 'timed out\nclosed' },
      { file, name: '[browser] a walk ends', message: 'once' },
      { file: '', name: '', message: 'no tests found' },
    ]);
    expect(failedInPlaywright(null, root)).toEqual([]);
  });
});

describe('the lines about failures', () => {
  it('name the step, the file and the test, with the beginning of what was said and without colours', () => {
    const message = `\u001b[31mexpected\u001b[39m 1\nto be 2`;
    expect(describeFailures('unit', [{ file: 'a.test.ts', name: 'a fails', message }])).toEqual([
      ...['', '✗ unit › a.test.ts › a fails', '    expected 1', '    to be 2'],
    ]);
    const [, where, said] = describeFailures('e2e', [{ file: '', name: '', message: 'x'.repeat(5_000) }]);
    expect(where).toBe('✗ e2e › (outside every test)');
    expect(said).toBe(`    ${'x'.repeat(600)} …`);
  });

  it('are bounded, and say how many more there are', () => {
    const failures = Array.from({ length: 23 }, (_, n) => ({ file: `${n}.test.ts`, name: 'fails', message: 'no' }));
    const lines = describeFailures('unit', failures);
    expect(lines.filter((line) => line.startsWith('✗'))).toHaveLength(20);
    expect(lines.at(-1)).toBe('… and 3 more of unit');
  });
});

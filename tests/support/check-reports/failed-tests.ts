/**
 * What failed, as the reports of the test tools tell it: a log that is cut, as those of long runs are, still ends with it.
 */
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

export interface FailedTest {
  /** Relative to the project's folder, where it is known. */
  readonly file: string;
  /** Empty where the whole file failed, or the run around all files. */
  readonly name: string;
  readonly message: string;
}

const MESSAGE_MOST = 600;
const LISTED_MOST = 20;

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

const RunErrors = z.array(z.object({ message: z.string(), stack: z.string().optional() }));

const TestError = z.object({ message: z.string().optional(), value: z.string().optional() });

const Spec = z.object({
  title: z.string(),
  file: z.string(),
  tests: z.array(
    z.object({
      projectName: z.string(),
      status: z.string(),
      results: z.array(z.object({ errors: z.array(TestError) })),
    }),
  ),
});

const Suite = z.object({
  title: z.string(),
  file: z.string(),
  specs: z.array(Spec),
  get suites() {
    return z.array(Suite).optional();
  },
});
type Suite = z.infer<typeof Suite>;

const PlaywrightReport = z.object({
  config: z.object({ rootDir: z.string() }),
  suites: z.array(Suite),
  errors: z.array(TestError),
});

/**
 * @param report what vitest's JSON reporter wrote, or null
 * @param runErrors what stands outside every test, as `RunErrorReporter` wrote it, or null
 * @param root the project's folder
 */
export function failedInVitest(report: unknown, runErrors: unknown, root: string): readonly FailedTest[] {
  const files = VitestReport.safeParse(report).data?.testResults ?? [];
  const inFiles = files.flatMap((each) => {
    const file = path.relative(root, each.name);
    const failed = each.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && each.status === 'failed') return [{ file, name: '', message: each.message ?? '' }];
    return failed.map(({ fullName, failureMessages }) => {
      return { file, name: fullName, message: (failureMessages ?? []).join('\n') };
    });
  });
  const outside = RunErrors.safeParse(runErrors).data ?? [];
  return [...inFiles, ...outside.map(({ message, stack }) => ({ file: '', name: '', message: stack ?? message }))];
}

/** @param report what Playwright's JSON reporter wrote, or null */
export function failedInPlaywright(report: unknown, root: string): readonly FailedTest[] {
  const { data } = PlaywrightReport.safeParse(report);
  if (!data) return [];
  const messageOf = ({ message, value }: z.infer<typeof TestError>) => message ?? value ?? '';
  const fileOf = (file: string) => path.relative(root, path.resolve(data.config.rootDir, file));
  const inSpec = (spec: z.infer<typeof Spec>, titles: readonly string[]): FailedTest[] =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ projectName, results }) => ({
        file: fileOf(spec.file),
        name: [`[${projectName}]`, ...titles, spec.title].join(' '),
        message: results.flatMap(({ errors }) => errors.map(messageOf)).join('\n'),
      }));
  const inSuite = (suite: Suite, titles: readonly string[]): FailedTest[] => [
    ...suite.specs.flatMap((spec) => inSpec(spec, titles)),
    ...(suite.suites ?? []).flatMap((each) => inSuite(each, [...titles, each.title])),
  ];
  const outside = data.errors.map((error) => ({ file: '', name: '', message: messageOf(error) }));
  return [...data.suites.flatMap((suite) => inSuite(suite, [])), ...outside];
}

/** @returns lines to print: each failure with where it stands and how its message begins */
export function describeFailures(step: string, failures: readonly FailedTest[]): readonly string[] {
  const lines = failures.slice(0, LISTED_MOST).flatMap(({ file, name, message }) => {
    const where = [step, file === '' ? '(outside every test)' : file, name].filter((part) => part !== '').join(' › ');
    const plain = stripVTControlCharacters(message).trim();
    const said = plain.length > MESSAGE_MOST ? `${plain.slice(0, MESSAGE_MOST)} …` : plain;
    return ['', `✗ ${where}`, ...said.split('\n').map((line) => `    ${line}`)];
  });
  const more = failures.length - LISTED_MOST;
  return more > 0 ? [...lines, '', `… and ${more} more of ${step}`] : lines;
}

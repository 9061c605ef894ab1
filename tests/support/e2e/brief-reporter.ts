import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, Reporter, Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { NO_BINARY, UNPROVED_WITHOUT_ELECTRON } from '../electron/unproved.ts';

interface FileCounts {
  /** Tests that have not ended yet. */
  left: number;
  passed: number;
  failed: number;
  ms: number;
}

/**
 * One line for each file on each host as it ends, every failure in full, and one line for what was skipped: a host that
 * this machine does not have would fill the log with its skipped tests otherwise.
 */
export class BriefReporter implements Reporter {
  #root = '';
  readonly #files = new Map<string, FileCounts>();
  readonly #skipped = new Map<string, number>();

  onBegin({ rootDir }: FullConfig, all: Suite): void {
    this.#root = rootDir;
    for (const test of all.allTests()) this.#countsOf(test).left += 1;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const counts = this.#countsOf(test);
    counts.left -= 1;
    if (result.status === 'skipped') this.#skip(test);
    else {
      counts.ms += result.duration;
      if (result.status === test.expectedStatus) counts.passed += 1;
      else this.#fail(test, result, counts);
    }
    if (counts.left === 0) this.#closeFile(this.#titleOf(test), counts);
  }

  onError({ message, stack, value, snippet }: TestError): void {
    this.#say(stack ?? message ?? value ?? '');
    if (snippet !== undefined) this.#say(snippet);
  }

  onEnd(): void {
    // What a run that was ended early leaves open.
    for (const [title, counts] of this.#files) if (counts.left > 0) this.#closeFile(title, counts);
    for (const [key, count] of this.#skipped) this.#say(`skipped: ${key}, ${count} tests`);
    const missing = [...this.#skipped.keys()].some((key) => key.startsWith(NO_BINARY));
    if (missing) this.#say(UNPROVED_WITHOUT_ELECTRON);
  }

  printsToStdio(): boolean {
    return true;
  }

  #titleOf(test: TestCase): string {
    return `${hostOf(test)} › ${path.relative(this.#root, test.location.file)}`;
  }

  #countsOf(test: TestCase): FileCounts {
    const title = this.#titleOf(test);
    const known = this.#files.get(title);
    if (known) return known;
    const counts = { left: 0, passed: 0, failed: 0, ms: 0 };
    this.#files.set(title, counts);
    return counts;
  }

  #skip(test: TestCase): void {
    const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
    const key = `${reason}: host ${hostOf(test)}`;
    this.#skipped.set(key, (this.#skipped.get(key) ?? 0) + 1);
  }

  #fail(test: TestCase, { errors }: TestResult, counts: FileCounts): void {
    counts.failed += 1;
    this.#say(`✗ [${hostOf(test)}] ${test.titlePath().slice(2).join(' › ')}`);
    for (const error of errors) this.onError(error);
  }

  #closeFile(title: string, { left, passed, failed, ms }: FileCounts): void {
    if (passed + failed === 0) return;
    const told = [`${passed} passed`, failed > 0 && `${failed} FAILED`, left > 0 && `${left} not run`].filter(Boolean);
    this.#say(`${title}: ${told.join(', ')} (${(ms / 1_000).toFixed(1)} s)`);
  }

  #say(text: string): void {
    process.stdout.write(`${process.stdout.isTTY ? text : stripVTControlCharacters(text)}\n`);
  }
}

function hostOf(test: TestCase): string {
  return test.parent.project()?.name ?? '';
}

/** Playwright takes a reporter by its file's default export alone. */
export default BriefReporter;

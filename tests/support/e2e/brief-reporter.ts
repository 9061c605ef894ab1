import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { FullConfig, Reporter, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import { NO_BINARY, UNPROVED_WITHOUT_ELECTRON } from '../electron/unproved.ts';

interface FileCounts {
  passed: number;
  failed: number;
  ms: number;
}

/**
 * One line for each file on each host, every failure in full, and one line for what was skipped: a host that this machine
 * does not have would fill the log with its skipped tests otherwise.
 */
export class BriefReporter implements Reporter {
  #root = '';
  #open: { readonly title: string; readonly counts: FileCounts } | null = null;
  readonly #skipped = new Map<string, number>();

  onBegin({ rootDir }: FullConfig): void {
    this.#root = rootDir;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const host = test.parent.project()?.name ?? '';
    if (result.status === 'skipped') {
      const reason = test.annotations.find(({ type }) => type === 'skip')?.description ?? 'no reason given';
      const key = `${reason}: host ${host}`;
      this.#skipped.set(key, (this.#skipped.get(key) ?? 0) + 1);
      return;
    }
    const counts = this.#countsOf(`${host} › ${path.relative(this.#root, test.location.file)}`);
    counts.ms += result.duration;
    if (result.status === test.expectedStatus) counts.passed += 1;
    else {
      counts.failed += 1;
      this.#say(`✗ [${host}] ${test.titlePath().slice(2).join(' › ')}`);
      for (const error of result.errors) this.onError(error);
    }
  }

  onError({ message, stack, value, snippet }: TestError): void {
    this.#say(stack ?? message ?? value ?? '');
    if (snippet !== undefined) this.#say(snippet);
  }

  onEnd(): void {
    this.#closeFile();
    for (const [key, count] of this.#skipped) this.#say(`skipped: ${key}, ${count} tests`);
    const missing = [...this.#skipped.keys()].some((key) => key.startsWith(NO_BINARY));
    if (missing) this.#say(UNPROVED_WITHOUT_ELECTRON);
  }

  printsToStdio(): boolean {
    return true;
  }

  #countsOf(title: string): FileCounts {
    if (this.#open?.title !== title) {
      this.#closeFile();
      this.#open = { title, counts: { passed: 0, failed: 0, ms: 0 } };
    }
    return this.#open.counts;
  }

  #closeFile(): void {
    if (!this.#open) return;
    const { title, counts } = this.#open;
    this.#open = null;
    const failed = counts.failed === 0 ? '' : `, ${counts.failed} FAILED`;
    this.#say(`${title}: ${counts.passed} passed${failed} (${(counts.ms / 1_000).toFixed(1)} s)`);
  }

  #say(text: string): void {
    process.stdout.write(`${process.stdout.isTTY ? text : stripVTControlCharacters(text)}\n`);
  }
}

/** Playwright takes a reporter by its file's default export alone. */
export default BriefReporter;

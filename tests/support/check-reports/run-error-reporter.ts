import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Reporter } from 'vitest/node';

/**
 * Writes down what went wrong outside every test (a rejection nobody handled, a worker that died): it fails the run, and
 * vitest's JSON report does not tell it.
 */
export class RunErrorReporter implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  onTestRunEnd(_modules: unknown, errors: readonly { readonly message: string; readonly stack?: string }[]): void {
    mkdirSync(path.dirname(this.#file), { recursive: true });
    const told = errors.map(({ message, stack }) => ({ message, ...(stack === undefined ? {} : { stack }) }));
    writeFileSync(this.#file, JSON.stringify(told));
  }
}

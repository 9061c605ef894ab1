import path from 'node:path';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Integration tests that take longest, longest first, by the report of a run on two processors. Where nothing is known of
 * an earlier run, vitest begins with the largest files; these are small, and would keep one worker busy after all others.
 */
export const longest: readonly string[] = [
  'sources/scenarios.test.ts',
  'electron/planted-faults.test.ts',
  'demo/findings.test.ts',
  'demo/with-gateway.test.ts',
  'black-box/stop.test.ts',
  'black-box/flow-control.test.ts',
  'packaging/packing.test.ts',
  'launch/start.test.ts',
  'desk/unmatched.test.ts',
  'gateway/diagnosis-on-anvil.test.ts',
  'gateway/diagnosis-on-bitcoin.test.ts',
].map((file) => path.join('tests', 'integration', file));

/** Those first, in their order; the others as vitest would have them. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const known = longest.indexOf(path.relative(this.ctx.config.root, moduleId));
      return known < 0 ? longest.length : known;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

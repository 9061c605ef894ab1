import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { LongestFirst, longest } from '../../support/longest-first.ts';

const root = path.resolve(import.meta.dirname, '..', '..', '..');

test('each of the longest tests is there', () => {
  expect(longest.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  expect(new Set(longest).size).toBe(longest.length);
});

test('they begin in their order, whatever their size, and the largest of the others follow', async () => {
  const project = { name: 'integration', config: { isolate: true, sequence: { groupOrder: 0 } } };
  const large = 'tests/integration/electron/application.test.ts';
  const small = 'tests/integration/desk/sleep.test.ts';
  const [first = '', second = '', third = ''] = longest;
  const files = [small, third, large, first, second].map((file) => ({ moduleId: path.join(root, file), project }));
  const fresh = { config: { root }, cache: { getTestSpecificationResult: () => undefined } };
  const sorted = await new LongestFirst(fresh as unknown as Vitest).sort(files as unknown as TestSpecification[]);
  expect(sorted.map(({ moduleId }) => path.relative(root, moduleId))).toEqual([first, second, third, large, small]);
});

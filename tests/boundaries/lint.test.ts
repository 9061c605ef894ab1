import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Sandbox } from './sandbox.ts';

const impure = `export const planted = () => [Date.now(), new Date(), Math.random(), setTimeout(() => undefined, 1)];\n`;

const planted: Readonly<Record<string, string>> = {
  'main/desk/impure.ts': impure,
  'contract/impure.ts': `export const planted = () => [Date.now(), new Date(), Math.random()];\n`,
  'main/desk/clock/system-clock.ts': impure,
  'main/browser/impure.ts': impure,
  'gateway/floating.ts': `export function planted(): void {\n  Promise.resolve(1);\n}\n`,
  'gateway/any.ts': `export const planted = (value: any): string => String(value);\n`,
  'gateway/default.ts': `export default function planted(): void {}\n`,
  'gateway/chatty.ts': `export const planted = () => console.log('hello');\n`,
  'gateway/barrel.ts': `export * from './value.ts';\n`,
  'gateway/utils.ts': `export const planted = 1;\n`,
  'gateway/endless.ts': `export const lines = [\n${'  1,\n'.repeat(400)}];\n`,
  'gateway/missing-case.ts': `export function planted(side: 'left' | 'right'): number {
  switch (side) {
    case 'left':
      return 1;
  }
  return 2;
}
`,
};

describe('lint', () => {
  let sandbox: Sandbox;
  let found: string[];

  beforeAll(() => {
    sandbox = new Sandbox();
    for (const [file, text] of Object.entries(planted)) sandbox.plant(file, text);
    found = sandbox.lint('contract', 'gateway', 'main');
  }, 60_000);

  afterAll(() => sandbox.close());

  const rulesFor = (file: string) =>
    found.filter((message) => message.startsWith(`${file}: `)).map((message) => message.slice(file.length + 2));

  it('refuses time and randomness in the desk core', () => {
    const rules = rulesFor('main/desk/impure.ts').toSorted();
    expect(rules).toEqual([
      'no-restricted-globals',
      'no-restricted-properties',
      'no-restricted-properties',
      'no-restricted-syntax',
    ]);
  });

  it('refuses time and randomness in the contract', () => {
    const rules = rulesFor('contract/impure.ts').toSorted();
    expect(rules).toEqual(['no-restricted-properties', 'no-restricted-properties', 'no-restricted-syntax']);
  });

  it.each(['main/desk/clock/system-clock.ts', 'main/browser/impure.ts', 'gateway/value.ts'])('accepts %s', (file) => {
    expect(rulesFor(file)).toEqual([]);
  });

  it.each([
    ['gateway/floating.ts', '@typescript-eslint/no-floating-promises'],
    ['gateway/any.ts', '@typescript-eslint/no-explicit-any'],
    ['gateway/default.ts', 'no-restricted-exports'],
    ['gateway/chatty.ts', 'no-console'],
    ['gateway/barrel.ts', 'no-restricted-syntax'],
    ['gateway/utils.ts', 'no-restricted-syntax'],
    ['gateway/endless.ts', 'max-lines'],
    ['gateway/missing-case.ts', '@typescript-eslint/switch-exhaustiveness-check'],
  ])('finds in %s: %s', (file, rule) => {
    expect(rulesFor(file)).toContain(rule);
  });
});

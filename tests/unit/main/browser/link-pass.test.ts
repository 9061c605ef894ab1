import { expect, it } from 'vitest';
import { LinkPasses, newPass } from '../../../../main/browser/link-pass.ts';

const NOW = 1_772_359_200_000;

it('is good once, for two minutes, at the host whose key made it', () => {
  const passes = new LinkPasses('key');
  const pass = newPass('key', NOW);
  expect([passes.use(pass, NOW + 119_999), passes.use(pass, NOW + 119_999)]).toEqual([true, false]);
  expect(passes.use(newPass('key', NOW), NOW + 120_000)).toBe(false);
  expect(passes.use(newPass('another', NOW), NOW)).toBe(false);
});

it.each(['', '.', '..', 'a.b.c', '__proto__', `${newPass('key', NOW)}x`, newPass('key', NOW).replace('.', '.z')])(
  'is not %j',
  (pass) => {
    expect(new LinkPasses('key').use(pass, NOW)).toBe(false);
  },
);

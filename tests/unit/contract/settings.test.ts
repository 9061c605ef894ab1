import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  isQuiet,
  settingsChangesSchema,
  settingsFrom,
  settingsSchema,
  usualSettings,
} from '../../../contract/settings.ts';

describe('settings read from a file', () => {
  test('whatever the file holds, every setting has a value that fits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.record({ appearance: fc.anything(), sounds: fc.anything() })), (kept) => {
        expect(settingsSchema.safeParse(settingsFrom(kept)).success).toBe(true);
      }),
    );
  });

  test('one damaged setting costs itself alone', () => {
    const kept = { ...usualSettings, appearance: 'dark', retentionHours: 3, columns: ['created'] };
    expect(settingsFrom(kept)).toEqual({ ...usualSettings, appearance: 'dark' });
  });

  test('what was kept comes back', () => {
    const kept = settingsSchema.parse({
      ...usualSettings,
      language: 'zh-CN',
      sorting: { by: 'price', descending: true },
    });
    expect(settingsFrom(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  });
});

test('changes name known settings only, each whole', () => {
  expect(settingsChangesSchema.safeParse({ density: 'compact' }).success).toBe(true);
  expect(settingsChangesSchema.parse({ colour: 'red', density: 'compact' })).toEqual({ density: 'compact' });
  expect(settingsChangesSchema.safeParse({ sounds: { on: true } }).success).toBe(false);
  expect(settingsChangesSchema.safeParse({ quietHours: { on: true, from: '24:00', to: '07:00' } }).success).toBe(false);
});

test.each([
  ['22:00', '07:00', 23 * 60, true],
  ['22:00', '07:00', 0, true],
  ['22:00', '07:00', 7 * 60 - 1, true],
  ['22:00', '07:00', 7 * 60, false],
  ['22:00', '07:00', 22 * 60 - 1, false],
  ['09:00', '17:00', 9 * 60, true],
  ['09:00', '17:00', 17 * 60, false],
  ['09:00', '09:00', 9 * 60, false],
])('quiet from %s to %s, at minute %i: %s', (from, to, minute, quiet) => {
  expect(isQuiet({ on: true, from, to }, minute)).toBe(quiet);
  expect(isQuiet({ on: false, from, to }, minute)).toBe(false);
});

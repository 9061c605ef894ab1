import { expect, it } from 'vitest';
import { usualSettings } from '../../../../contract/settings.ts';
import { notificationManner } from '../../../../main/electron/notification-manner.ts';

const noon = { minute: 12 * 60, windows: 0 };
const night = { minute: 23 * 60, windows: 0 };
const quietHours = { on: true, from: '22:00', to: '07:00' };
const { sounds } = usualSettings;

it.each([
  ['sounds for a desk that watches without a window', {}, noon, 'sounding'],
  ['leaves the sound to a page that is open', {}, { ...noon, windows: 1 }, 'silent'],
  ['is silent in quiet hours', { quietHours }, night, 'silent'],
  ['is silent in quiet hours after midnight', { quietHours }, { minute: 6 * 60 + 59, windows: 0 }, 'silent'],
  ['sounds again when they are over', { quietHours }, { minute: 7 * 60, windows: 0 }, 'sounding'],
  ['sounds at night where there are none', {}, night, 'sounding'],
  ['is silent where sounds are off', { sounds: { ...sounds, on: false } }, noon, 'silent'],
  ['is silent at no volume', { sounds: { ...sounds, volume: 0 } }, noon, 'silent'],
  [
    'is silent where this kind is off',
    { sounds: { ...sounds, kinds: { ...sounds.kinds, money: false } } },
    noon,
    'silent',
  ],
  ['does not come where notifications are off', { notifications: false }, noon, 'none'],
] as const)('a notification %s', (_what, changes, at, manner) => {
  expect(notificationManner({ ...usualSettings, ...changes }, 'money', at)).toBe(manner);
});

import { describe, expect, it } from 'vitest';
import {
  feedOf,
  installsAtQuit,
  mayTake,
  restartAnswer,
  unsettledCommands,
  updateMode,
  usualChannel,
} from '../../../../main/electron/update-policy.ts';

const feed = 'provider: github\nowner: example\nrepo: tillwatch\n';
const signed = `${feed}publisherName:\n  - Example Ltd\n`;

describe('whether this copy updates itself', () => {
  it.each([
    ['win32', signed, 'installs'],
    ['win32', feed, 'off'],
    ['darwin', feed, 'installs'],
    ['linux', feed, 'tells'],
    ['linux', 'updaterCacheDirName: tillwatch-updater\n', 'off'],
    ['darwin', null, 'off'],
    ['freebsd', feed, 'off'],
  ] as const)('on %s', (platform, text, mode) => {
    expect(updateMode({ packaged: true, platform, feed: text }).mode).toBe(mode);
    expect(updateMode({ packaged: false, platform, feed: text }).mode).toBe('off');
  });
});

describe('which version may take the place of another', () => {
  it.each([
    ['1.2.3', '1.2.4'],
    ['1.2.3', '1.10.0'],
    ['1.9.9', '2.0.0'],
    ['1.3.0-beta.2', '1.3.0-beta.11'],
    ['1.3.0-beta.2', '1.3.0-beta.2.1'],
    ['1.3.0-beta.2', '1.3.0'],
    ['1.2.3+build.1', 'v1.2.4+build.0'],
  ])('%s becomes %s, and not the other way round', (older, newer) => {
    const channel = usualChannel(older);
    expect(mayTake(older, newer, channel)).toBe(true);
    for (const each of ['releases', 'previews'] as const) expect(mayTake(newer, older, each)).toBe(false);
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3', '1.2.3+later'],
    ['1.2.3', '1.3.0-beta.1'],
    ['1.3.0-beta.1', '1.4.0-alpha.1'],
    ['1.2.3', 'latest'],
    ['1.2.3', '1.2'],
    ['1.2.3', ''],
    ['unknown', '1.2.3'],
  ])('%s does not become %s', (running, offered) =>
    expect(mayTake(running, offered, usualChannel(running))).toBe(false),
  );

  it.each([
    ['1.2.3', '1.3.0-beta.1', 'previews', true],
    ['1.2.3', '1.3.0-alpha.1', 'previews', false],
    ['1.2.3', '1.2.3-beta.9', 'previews', false],
    ['1.2.3', '1.3.0', 'previews', true],
    ['1.3.0-beta.1', '1.3.0-beta.2', 'releases', false],
    ['1.3.0-beta.1', '1.2.9', 'releases', false],
    ['1.3.0-beta.1', '1.3.0', 'releases', true],
    ['1.3.0-rc.1', '1.3.0-rc.2', 'previews', true],
  ] as const)('%s → %s, for whom wants %s: %s', (running, offered, channel, taken) =>
    expect(mayTake(running, offered, channel)).toBe(taken),
  );
});

it.each([
  ['1.2.3', 'releases', 'latest', 'beta'],
  ['1.3.0-beta.1', 'previews', 'latest', 'beta'],
  ['1.3.0-rc.1', 'previews', 'latest', 'rc'],
  ['nonsense', 'releases', 'latest', 'beta'],
])('%s follows %s, by the feed %s, or %s for previews', (version, usual, releases, previews) => {
  expect(usualChannel(version)).toBe(usual);
  expect([feedOf(version, 'releases'), feedOf(version, 'previews')]).toEqual([releases, previews]);
});

describe('[CM3] an unsettled command', () => {
  const commands = [{ state: 'done' }, { state: 'pending' }, { state: 'unknown' }, { state: 'failed' }] as const;

  it('is one that is on its way, or whose outcome is unknown', () => {
    expect(unsettledCommands(commands)).toBe(2);
    expect(unsettledCommands([])).toBe(0);
    expect(unsettledCommands(undefined)).toBe(0);
  });

  it('holds a restart and an installation back', () => {
    expect(restartAnswer({ ready: '2.0.0', unsettled: 1 })).toBe('settle-first');
    expect(restartAnswer({ ready: '2.0.0', unsettled: 0 })).toBe('restart');
    expect(restartAnswer({ ready: null, unsettled: 0 })).toBe('nothing');
    expect(installsAtQuit({ ready: '2.0.0', unsettled: 1 })).toBe(false);
    expect(installsAtQuit({ ready: '2.0.0', unsettled: 0 })).toBe(true);
    expect(installsAtQuit({ ready: null, unsettled: 0 })).toBe(false);
  });
});

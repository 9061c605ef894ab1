import { describe, expect, it } from 'vitest';
import { usualSettings } from '../../../../contract/settings.ts';
import type { DeskLink } from '../../../../renderer/bridge/desk-link.ts';
import { changeSettings } from '../../../../renderer/store/change-settings.ts';
import { DeskStore } from '../../../../renderer/store/desk-store.ts';
import { loudnessOf } from '../../../../renderer/store/loudness.ts';

const at = (hours: number) => new Date(2026, 10, 21, hours, 30);
const { sounds } = usualSettings;

describe('how loud', () => {
  it('is the volume while sounds and their kind are on, and nothing otherwise', () => {
    expect(loudnessOf(usualSettings, 'money', at(12))).toBe(sounds.volume);
    expect(loudnessOf({ ...usualSettings, sounds: { ...sounds, on: false } }, 'money', at(12))).toBe(0);
    const kinds = { ...sounds.kinds, trouble: false };
    const settings = { ...usualSettings, sounds: { ...sounds, kinds } };
    expect(loudnessOf(settings, 'trouble', at(12))).toBe(0);
    expect(loudnessOf(settings, 'money', at(12))).toBe(sounds.volume);
  });

  it('is nothing in quiet hours, over midnight too, by the device’s clock', () => {
    const settings = { ...usualSettings, quietHours: { on: true, from: '22:00', to: '07:00' } };
    expect([23, 3, 12].map((hours) => loudnessOf(settings, 'money', at(hours)))).toEqual([0, 0, sounds.volume]);
  });
});

describe('changing settings', () => {
  const linkThat = (writeSettings: () => Promise<unknown>) => ({ bridge: { writeSettings } }) as unknown as DeskLink;

  it('counts at once, and says nothing where the host keeps it', async () => {
    const store = new DeskStore(() => 0);
    const changing = changeSettings(
      linkThat(() => Promise.resolve(usualSettings)),
      store,
      { grouped: true },
    );
    expect(store.api.getState().settings.grouped).toBe(true);
    await changing;
    expect(store.api.getState().settingsFault).toBeNull();
  });

  it('holds in this window where the host cannot keep it, says so, and takes it back once it can', async () => {
    const store = new DeskStore(() => 0);
    await changeSettings(
      linkThat(() => Promise.reject(new Error('the disk is full'))),
      store,
      { grouped: true },
    );
    expect(store.api.getState()).toMatchObject({ settingsFault: 'the disk is full', settings: { grouped: true } });
    await changeSettings(
      linkThat(() => Promise.resolve(usualSettings)),
      store,
      { counterMode: true },
    );
    expect(store.api.getState()).toMatchObject({ settingsFault: null, settings: { grouped: true, counterMode: true } });
  });
});

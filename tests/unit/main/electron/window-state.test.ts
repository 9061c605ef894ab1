import { describe, expect, it } from 'vitest';
import { placement } from '../../../../main/electron/window-state.ts';
import { windowOptions } from '../../../../main/electron/window-options.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const left = { x: -1280, y: 0, width: 1280, height: 1024 };
const saved = { x: -900, y: 100, width: 800, height: 600, maximized: false };

describe('where a window opens', () => {
  it('comes back to where it was while its display is there', () => {
    expect(placement(saved, [primary, left])).toEqual(saved);
    expect(placement({ ...saved, maximized: true }, [primary, left]).maximized).toBe(true);
  });

  it.each([
    ['its display is gone', saved],
    ['only a corner would be seen', { ...saved, x: 1_850, y: 100 }],
    ['its title bar would be above the display', { ...saved, x: 100, y: -30 }],
    ['it would be below', { ...saved, x: 100, y: 1_070 }],
  ])('is centred by the system when %s', (_name, state) => {
    const place = placement(state, [primary]);
    expect(place).toEqual({ width: 800, height: 600, maximized: false });
  });

  it('is no larger than its display, no smaller than it can be used', () => {
    expect(placement({ ...saved, x: 0, y: 30, width: 5_000, height: 4_000 }, [primary])).toMatchObject({
      width: 1920,
      height: 1055,
    });
    expect(placement({ ...saved, x: 0, y: 30, width: 10, height: 10 }, [primary])).toMatchObject({
      width: 480,
      height: 360,
    });
    expect(placement(null, [])).toEqual({ width: 1280, height: 820, maximized: false });
    expect(placement(null, [{ x: 0, y: 0, width: 1024, height: 700 }])).toMatchObject({ width: 1024, height: 700 });
  });
});

describe('the protections of a window', () => {
  it('are all named', () => {
    const place = { placement: placement(null, []), preload: '/p.cjs', devTools: false };
    const options = windowOptions({ ...place, icon: null });
    expect(options).not.toHaveProperty('icon');
    expect(windowOptions({ ...place, icon: '/window.png' })).toMatchObject({ icon: '/window.png' });
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      devTools: false,
      backgroundThrottling: false,
      preload: '/p.cjs',
    });
    expect(options).not.toHaveProperty('maximized');
    expect(options.show).toBe(false);
  });
});

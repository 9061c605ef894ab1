import { stat } from 'node:fs/promises';
import { describe, expect, it, vi } from 'vitest';
import { openPresence } from '../../../../main/profile/presence.ts';
import { systemLockPort } from '../../../../main/profile/system-lock-port.ts';
import { PATIENCE } from '../../../support/patience.ts';

describe('[CN1] the presence of a running application', () => {
  it('answers whoever asks, is told of it, and answers no more once closed', async () => {
    const asked = vi.fn();
    const presence = await openPresence(asked);
    const { socket } = presence;
    expect(await systemLockPort.answers({ socket })).toBe(true);
    await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1), PATIENCE);
    await presence.close();
    expect(await systemLockPort.answers({ socket })).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('is open to its owner only', async () => {
    const presence = await openPresence(() => undefined);
    expect((await stat(presence.socket)).mode & 0o777).toBe(0o600);
    await presence.close();
  });
});

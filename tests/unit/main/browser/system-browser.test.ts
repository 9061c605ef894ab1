import { describe, expect, it } from 'vitest';
import { openCommand } from '../../../../main/browser/system-browser.ts';

const link = 'http://127.0.0.1:4711/open?key=a&b=c';

describe("opening the system's browser", () => {
  it.each([
    ['linux', 'xdg-open', [link]],
    ['freebsd', 'xdg-open', [link]],
    ['darwin', 'open', [link]],
    ['win32', 'rundll32', ['url.dll,FileProtocolHandler', link]],
  ] as const)('on %s', (platform, command, args) => {
    expect(openCommand(platform, link)).toEqual({ command, args });
  });
});

import { expect, it } from 'vitest';
import type { SavedFile } from '../../../../contract/saved-file.ts';
import { offerDownload } from '../../../../renderer/bridge/offer-download.ts';

/** The parts of a window that a download takes. */
function pretendWindow() {
  const blobs = new Map<string, Blob>();
  const clicked: { href: string; download: string }[] = [];
  const timers: (() => void)[] = [];
  const window = {
    Blob,
    URL: {
      createObjectURL: (blob: Blob) => {
        const url = `blob:${blobs.size}`;
        blobs.set(url, blob);
        return url;
      },
      revokeObjectURL: (url: string) => void blobs.delete(url),
    },
    document: {
      createElement: () => {
        const anchor = { href: '', download: '', click: () => void clicked.push({ ...anchor }) };
        return anchor;
      },
    },
    setTimeout: (run: () => void) => timers.push(run),
  };
  return { window: window as unknown as Window & typeof globalThis, blobs, clicked, timers };
}

const csv: SavedFile = { suggestedName: 'orders.csv', mediaType: 'text/csv', parts: ['\uFEFFa,ü\r\n', '1,😀'] };

it('is a download of that name, which is let go of once the browser has it', async () => {
  const { window, blobs, clicked, timers } = pretendWindow();
  offerDownload(csv, window);
  const [{ href, download } = { href: '', download: '' }] = clicked;
  expect([download, blobs.get(href)?.type]).toEqual(['orders.csv', 'text/csv']);
  expect(Buffer.from(await blobs.get(href)!.arrayBuffer()).toString('utf8')).toBe('\uFEFFa,ü\r\n1,😀');
  for (const run of timers) run();
  expect(blobs.size).toBe(0);
});

it('carries a picture byte by byte', async () => {
  const { window, blobs } = pretendWindow();
  const bytes = Buffer.from([0x89, 0x50, 0, 255, 7]);
  const parts = [bytes.subarray(0, 3), bytes.subarray(3)].map((part) => part.toString('base64'));
  offerDownload({ suggestedName: 'c.png', mediaType: 'image/png', encoding: 'base64', parts }, window);
  expect(Buffer.from(await [...blobs.values()][0]!.arrayBuffer())).toEqual(bytes);
});

it('is refused for what is no file that can be saved', () => {
  const { window, clicked } = pretendWindow();
  expect(() => offerDownload({ ...csv, suggestedName: '../x.csv' }, window)).toThrow(
    expect.objectContaining({ code: 'invalid-input' }) as Error,
  );
  expect(clicked).toEqual([]);
});

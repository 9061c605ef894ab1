import { savedFileSchema } from '../../contract/saved-file.ts';
import type { SavedFile } from '../../contract/saved-file.ts';
import { RequestError } from './request-error.ts';

/** Milliseconds after which a browser has taken what it was offered; until then the file stays in memory. */
const TAKEN_MS = 60_000;

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
}

/**
 * Hands a file to the browser as a download of this page.
 * @throws RequestError `invalid-input` for what is no file that can be saved
 */
export function offerDownload(file: SavedFile, window: Window & typeof globalThis): void {
  const read = savedFileSchema.safeParse(file);
  if (!read.success) {
    const issue = read.error.issues[0];
    throw new RequestError({ code: 'invalid-input', message: `${issue?.path.join('.')}: ${issue?.message}` });
  }
  const { encoding, mediaType, parts, suggestedName } = read.data;
  const blob = new window.Blob(encoding === 'base64' ? parts.map(bytesOf) : parts, { type: mediaType });
  const url = window.URL.createObjectURL(blob);
  const anchor = window.document.createElement('a');
  anchor.href = url;
  anchor.download = suggestedName;
  anchor.click();
  window.setTimeout(() => window.URL.revokeObjectURL(url), TAKEN_MS);
}

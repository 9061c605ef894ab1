/** Bytes of one part: a multiple of three, so that each part is base64 by itself, and short enough to be saved. */
export const PART_BYTES = 786_432 - (786_432 % 3);
/** So many characters fit a call of `fromCharCode`. */
const CHUNK = 8192;

/** Bytes as base64, in parts that a file can be saved by. */
export function base64Parts(bytes: Uint8Array): string[] {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += PART_BYTES) {
    const part = bytes.subarray(from, from + PART_BYTES);
    let text = '';
    for (let n = 0; n < part.length; n += CHUNK) text += String.fromCharCode(...part.subarray(n, n + CHUNK));
    parts.push(btoa(text));
  }
  return parts;
}

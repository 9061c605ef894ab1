/** True for a request that a page of another site makes in somebody's browser. */
export function isForeignOrigin(headers: { origin?: string | undefined; host?: string | undefined }): boolean {
  if (headers.origin === undefined) return false;
  return !URL.canParse(headers.origin) || new URL(headers.origin).host !== headers.host;
}

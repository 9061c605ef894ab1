/**
 * The policy of the page: nothing is allowed but what the host itself serves. `img-src data:` is for QR codes. Styles
 * need the nonce because the component library adds style elements at run time.
 * @param nonce fresh for every response, base64
 * @param connect where the page may connect to: 'self' covers a WebSocket to the host that serves it, 'none' is for a
 *   host that speaks with it by other means
 */
export function contentSecurityPolicy(nonce: string, connect: 'self' | 'none'): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    `connect-src '${connect}'`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

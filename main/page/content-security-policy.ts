/**
 * The policy of the page: nothing is allowed but what the host itself serves. `connect-src 'self'` covers the WebSocket
 * to the same origin; `img-src data:` is for QR codes. Styles need the nonce because the component library adds style
 * elements at run time.
 * @param nonce fresh for every response, base64
 */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

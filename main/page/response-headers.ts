import { contentSecurityPolicy } from './content-security-policy.ts';

/** Headers every response of a host carries, whatever it answers. @param connect as contentSecurityPolicy takes it */
export function responseHeaders(nonce: string, connect: 'self' | 'none'): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy(nonce, connect),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    'cache-control': 'no-store',
  };
}

import { bodyWithNonce } from '../page/renderer-files.ts';
import type { RendererFile } from '../page/renderer-files.ts';
import { responseHeaders } from '../page/response-headers.ts';
import { appHost, appScheme } from './app-address.ts';

/**
 * Answers the page's requests from memory. A name that is not in the map is no file, so there is no path to traverse.
 * @param newNonce gives a fresh nonce for every answer, base64
 */
export function createAppProtocol(
  files: ReadonlyMap<string, RendererFile>,
  newNonce: () => string,
): (request: Request) => Response {
  return (request) => {
    const nonce = newNonce();
    const headers = responseHeaders(nonce, 'none');
    const refuse = (status: number) => new Response(null, { status, headers });
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
    const url = URL.parse(request.url);
    if (url?.protocol !== `${appScheme}:` || url.host !== appHost) return refuse(403);
    const file = files.get(url.pathname);
    if (!file) return refuse(404);
    const body = request.method === 'HEAD' ? null : bytes(bodyWithNonce(file, nonce));
    return new Response(body, { status: 200, headers: { ...headers, 'content-type': file.type } });
  };
}

/** A Response takes bytes over memory of their own only, which a Buffer's need not be. */
function bytes(body: string | Buffer): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? body : new Uint8Array(body);
}

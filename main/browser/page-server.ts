import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isOwnHost, pageRefusal, sameSecret } from './admission.ts';
import type { Admission, Sender } from './admission.ts';
import type { LinkPasses } from './link-pass.ts';
import { linkNeededPage, notFoundPage, onwardPage } from './plain-page.ts';
import { bodyWithNonce } from '../page/renderer-files.ts';
import type { RendererFile } from '../page/renderer-files.ts';
import { responseHeaders } from '../page/response-headers.ts';
import { alivePath } from '../profile/system-lock-port.ts';

export interface PageServerOptions {
  readonly files: ReadonlyMap<string, RendererFile>;
  readonly admission: Admission;
  /** The secret of the opened link; good for as long as this launch lives, so that several browsers may be let in. */
  readonly key: string;
  /** For the browsers that are started from here. */
  readonly passes: LinkPasses;
}

export const openPath = '/open';

export function senderOf(request: IncomingMessage): Sender {
  const { host, origin, cookie } = request.headers;
  return { host, origin, cookie };
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const text = { 'content-type': 'text/plain; charset=utf-8' };

/** Answers the requests of browsers: the link, the page and its files. Throws nothing. */
export function createPageServer(options: PageServerOptions): (request: IncomingMessage, to: ServerResponse) => void {
  return (request, response) => {
    const nonce = randomBytes(16).toString('base64');
    const { status, headers, body } = answer(options, request, nonce);
    response.writeHead(status, { ...responseHeaders(nonce, 'self'), ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}

function answer(options: PageServerOptions, request: IncomingMessage, nonce: string): Answer {
  const { admission, files } = options;
  if (!isOwnHost(request.headers.host, admission.port)) return { status: 403, headers: text, body: 'Forbidden\n' };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return { status: 405, headers: { ...text, allow: 'GET, HEAD' }, body: 'Only GET and HEAD\n' };
  }
  // Only paths: "//name" or a whole address in the request line would otherwise be read as another server's.
  const target = request.url ?? '/';
  const url = target.startsWith('/') ? URL.parse(`http://127.0.0.1:${admission.port}${target}`) : null;
  if (!url) return { status: 400, headers: text, body: 'Bad request\n' };
  if (url.pathname === openPath) return opened(options, request, url, nonce);
  if (url.pathname === alivePath) return alive(options, request);
  const refusal = pageRefusal(senderOf(request), admission);
  if (refusal === 'no-session') return { status: 403, headers: html, body: linkNeededPage(nonce) };
  if (refusal) return { status: 403, headers: text, body: 'Forbidden\n' };
  const file = files.get(url.pathname);
  return file ? served(file, nonce) : { status: 404, headers: html, body: notFoundPage(nonce) };
}

/** Exchanges the link's key, or a pass, for the cookie and leads away from the link at once. */
function opened(options: PageServerOptions, request: IncomingMessage, url: URL, nonce: string): Answer {
  const pass = url.searchParams.get('pass');
  const isRight =
    pass === null ? sameSecret(url.searchParams.get('key') ?? '', options.key) : options.passes.use(pass, Date.now());
  if (!isRight) {
    // A browser that asks twice, or comes back to a pass it used, is let in already.
    return pass !== null && pageRefusal(senderOf(request), options.admission) === null
      ? { status: 303, headers: { location: '/' } }
      : { status: 403, headers: html, body: linkNeededPage(nonce) };
  }
  const { cookieName, session } = options.admission;
  const cookie = { 'set-cookie': `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict` };
  return request.headers['sec-fetch-site'] === 'cross-site'
    ? { status: 200, headers: { ...html, ...cookie }, body: onwardPage(nonce) }
    : { status: 303, headers: { ...cookie, location: '/' } };
}

function alive(options: PageServerOptions, request: IncomingMessage): Answer {
  const known = sameSecret(request.headers.authorization ?? '', `Bearer ${options.key}`);
  return known ? { status: 204 } : { status: 403, headers: text, body: 'Forbidden\n' };
}

function served(file: RendererFile, nonce: string): Answer {
  const headers = {
    'content-type': file.type,
    ...(file.immutable && { 'cache-control': 'private, max-age=31536000, immutable' }),
  };
  return { status: 200, headers, body: bodyWithNonce(file, nonce) };
}

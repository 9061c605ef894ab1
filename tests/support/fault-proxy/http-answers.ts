import type { ServerResponse } from 'node:http';

/** What somebody on the way answers in the gateway's place. */
export interface ForeignAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A proxy's or load balancer's own page. @param retryAfterS whole seconds, null without the header */
export function proxyAnswer(status: number, retryAfterS: number | null = null): ForeignAnswer {
  const retry = retryAfterS === null ? {} : { 'retry-after': String(retryAfterS) };
  return { status, headers: { 'content-type': 'text/plain', ...retry }, body: `${status} by a proxy on the way` };
}

/** A captive portal's page, in the place of whatever was asked for. */
export function portalAnswer(): ForeignAnswer {
  const body = '<!doctype html><title>Guest network</title><p>Please accept the terms.</p>';
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}

export function answerWith(response: ServerResponse, { status, headers, body }: ForeignAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

import { BaseError, HttpRequestError, RpcRequestError, TimeoutError, http } from 'viem';
import { NodeFailure } from '../follow/node-failure.ts';
import { tooOften } from '../follow/too-often.ts';
import { answeredWithError } from './rpc.ts';
import type { Rpc } from './rpc.ts';

/** Blocks of busy chains with full transactions stay well below. */
const MOST_BYTES = 32 * 1024 * 1024;

/** @param timeoutMs for each request, its body included */
export function httpRpc(url: string, timeoutMs: number): Rpc {
  const host = new URL(url).host;
  const closing = new AbortController();
  const transport = http(url, {
    retryCount: 0,
    timeout: timeoutMs,
    // The answer is bounded below.
    maxResponseBodySize: false,
    fetchFn: async (input, init) => {
      const signal = AbortSignal.any([closing.signal, AbortSignal.timeout(timeoutMs)]);
      // A node that sends its callers elsewhere would have them ask whoever it likes, in the gateway's own network.
      const response = await fetch(input, { ...init, redirect: 'error', signal });
      const refused = tooOften(response);
      if (refused) throw refused;
      return bounded(response);
    },
  })({});
  return {
    host,
    async request(method, params) {
      if (closing.signal.aborted) throw new NodeFailure('the connection was closed');
      try {
        return await transport.request({ method, params });
      } catch (error) {
        throw failureOf(error, method, timeoutMs);
      }
    },
    async close() {
      closing.abort();
    },
  };
}

/** The answer, which fails as soon as more of it comes than any answer has. */
function bounded({ body, status, statusText, headers }: Response): Response {
  let left = MOST_BYTES;
  const counted = body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) controller.error(new NodeFailure('answered with more than it should'));
        else controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted ?? null, { status, statusText, headers });
}

function failureOf(error: unknown, method: string, timeoutMs: number): NodeFailure {
  const cause = (kind: (each: unknown) => boolean): unknown =>
    kind(error) ? error : error instanceof BaseError ? error.walk(kind) : null;
  const own = cause((each) => each instanceof NodeFailure);
  if (own instanceof NodeFailure) return own;
  const rpc = cause((each) => each instanceof RpcRequestError);
  if (rpc instanceof RpcRequestError) return answeredWithError(rpc.code, method);
  const late = cause((each) => each instanceof TimeoutError || nameOf(each) === 'TimeoutError');
  if (late) return new NodeFailure(`did not answer within ${timeoutMs / 1000} s`);
  const status = cause((each) => each instanceof HttpRequestError && each.status !== undefined);
  if (status instanceof HttpRequestError) return new NodeFailure(`answered with HTTP ${status.status ?? ''}`);
  return new NodeFailure('cannot be reached');
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}

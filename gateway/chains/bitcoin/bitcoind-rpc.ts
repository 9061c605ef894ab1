import { z } from 'zod';
import { NodeFailure } from '../follow/node-failure.ts';
import { HttpAsker, jsonOf } from './http-asker.ts';

const answerSchema = z.object({
  id: z.unknown(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number() }).nullish(),
});
const batchSchema = z.array(answerSchema);

/** Error codes of bitcoind's JSON-RPC. Source: Bitcoin Core, rpc/protocol.h. */
export const NOT_FOUND = -5;
export const OUT_OF_RANGE = -8;
const WARMING_UP = -28;

/** A JSON-RPC answer that is an error. */
export class BitcoindError extends NodeFailure {
  override readonly name = 'NodeFailure';
  readonly code: number;

  constructor(method: string, code: number) {
    super(code === WARMING_UP ? 'is still starting' : `answered ${method} with error ${code}`, code !== WARMING_UP);
    this.code = code;
  }
}

/** JSON-RPC to a bitcoind; its user and password stand in the endpoint's address. */
export class BitcoindRpc {
  readonly host: string;
  readonly #http: HttpAsker;
  #lastId = 0;

  constructor(url: string, timeoutMs: number) {
    this.#http = new HttpAsker(url, timeoutMs);
    this.host = this.#http.host;
  }

  /** @throws BitcoindError for an error answer, NodeFailure for none */
  async request(method: string, params: readonly unknown[]): Promise<unknown> {
    const id = (this.#lastId += 1);
    const read = answerSchema.safeParse(await this.#ask({ jsonrpc: '1.0', id, method, params }));
    if (!read.success) throw new NodeFailure('answered with what is not JSON-RPC');
    if (read.data.error) throw new BitcoindError(method, read.data.error.code);
    return read.data.result;
  }

  /**
   * The same question about many things, in one request.
   * @returns results in the order asked; null where the answer is an error
   */
  async batch(method: string, each: readonly (readonly unknown[])[]): Promise<unknown[]> {
    if (each.length === 0) return [];
    const requests = each.map((params, id) => ({ jsonrpc: '1.0', id, method, params }));
    const read = batchSchema.safeParse(await this.#ask(requests));
    if (!read.success) throw new NodeFailure('answered with what is not JSON-RPC');
    const results = new Map(read.data.map(({ id, error, result }) => [id, error ? null : result]));
    return requests.map(({ id }) => results.get(id) ?? null);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  async #ask(body: unknown): Promise<unknown> {
    const answer = await this.#http.ask('/', body);
    if (answer.status === 401 || answer.status === 403) throw new NodeFailure('refuses the user and password');
    // bitcoind answers errors of a call with HTTP 500 or 404, and JSON all the same.
    if (answer.status === 503) throw new NodeFailure('answered with HTTP 503: it has more to do than it can');
    if (answer.status === 200 || answer.status === 500 || answer.status === 404) return jsonOf(answer);
    throw new NodeFailure(`answered with HTTP ${answer.status}`);
  }
}

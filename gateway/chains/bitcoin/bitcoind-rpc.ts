import { z } from 'zod';
import { NodeFailure } from '../follow/node-failure.ts';
import { inBatches } from '../follow/in-batches.ts';
import { HttpAsker, jsonOf } from './http-asker.ts';
import type { Answer } from './http-asker.ts';

const answerSchema = z.object({
  id: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number() }).nullish(),
});
const batchSchema = z.array(answerSchema);

/** Error codes of bitcoind's JSON-RPC. Source: Bitcoin Core, rpc/protocol.h. */
export const NOT_FOUND = -5;
export const OUT_OF_RANGE = -8;
const WARMING_UP = -28;
/** Questions at once, where a batch is refused. */
const AT_ONCE = 4;

/** Statuses with which an endpoint refuses a batch; a single question then tells whether it refuses everything. */
const REFUSALS: ReadonlySet<number> = new Set([400, 403, 405, 413, 415, 422, 501]);

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
  #takesBatches = true;

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
   * The same question about many things, in one request; one by one where the endpoint refuses that, as rented nodes do.
   * @returns results in the order asked; null where the answer is an error
   */
  async batch(method: string, each: readonly (readonly unknown[])[]): Promise<unknown[]> {
    if (each.length === 0) return [];
    const requests = each.map((params, id) => ({ jsonrpc: '1.0', id, method, params }));
    const results = this.#takesBatches ? await this.#inOne(requests) : null;
    if (results) return requests.map(({ id }) => results.get(id) ?? null);
    return inBatches(each, AT_ONCE, (params) => this.#resultOf(method, params));
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /** Results by id; null where the endpoint takes no batch, which it is not asked for again. */
  async #inOne(requests: readonly { readonly id: number }[]): Promise<Map<unknown, unknown> | null> {
    const answer = await this.#http.ask('/', requests);
    const isRefused = REFUSALS.has(answer.status);
    const read = isRefused ? undefined : batchSchema.safeParse(this.#read(answer));
    if (read?.success) return new Map(read.data.map(({ id, error, result }) => [id, error ? null : result]));
    // One answer to many questions is an error about the batch itself.
    if (!isRefused && !answerSchema.safeParse(this.#read(answer)).success) {
      throw new NodeFailure('answered with what is not JSON-RPC');
    }
    this.#takesBatches = false;
    return null;
  }

  async #resultOf(method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      return await this.request(method, params);
    } catch (error) {
      if (error instanceof BitcoindError && error.answered) return null;
      throw error;
    }
  }

  async #ask(body: unknown): Promise<unknown> {
    return this.#read(await this.#http.ask('/', body));
  }

  #read(answer: Answer): unknown {
    if (answer.status === 401 || answer.status === 403) throw new NodeFailure('refuses the user and password');
    // bitcoind answers errors of a call with HTTP 500 or 404, and JSON all the same.
    if (answer.status === 503) throw new NodeFailure('answered with HTTP 503: it has more to do than it can');
    if (answer.status === 200 || answer.status === 500 || answer.status === 404) return jsonOf(answer);
    throw new NodeFailure(`answered with HTTP ${answer.status}`);
  }
}

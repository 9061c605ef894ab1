/** JSON-RPC 2.0 as text: one call or a batch in, one answer out. Source: the JSON-RPC 2.0 specification. */
import { RpcError } from './rpc.ts';

/** @throws RpcError, whose code and message the caller is told */
export type RpcHandler = (method: string, parameters: readonly unknown[]) => unknown;

/** Never throws: whatever is wrong with the text becomes an error answer. */
export function answerJson(body: string, handle: RpcHandler): string {
  let calls: unknown;
  try {
    calls = JSON.parse(body);
  } catch {
    return JSON.stringify(failure(null, -32700, 'parse error'));
  }
  return JSON.stringify(Array.isArray(calls) ? calls.map((call) => answered(call, handle)) : answered(calls, handle));
}

function answered(call: unknown, handle: RpcHandler) {
  const fields = new Map<string, unknown>(typeof call === 'object' && call !== null ? Object.entries(call) : []);
  const id = fields.get('id') ?? null;
  const method = fields.get('method');
  const parameters = fields.get('params') ?? [];
  if (typeof method !== 'string' || !Array.isArray(parameters)) return failure(id, -32600, 'invalid request');
  try {
    return { jsonrpc: '2.0', id, result: handle(method, parameters) };
  } catch (error) {
    if (error instanceof RpcError) return failure(id, error.code, error.message);
    return failure(id, -32603, error instanceof Error ? error.message : 'internal error');
  }
}

function failure(id: unknown, code: number, message: string) {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

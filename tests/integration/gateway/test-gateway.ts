/** A real gateway on a free port, its clock held by the test, and hands to reach it by its public interface. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway, GatewayOptions } from '../../../gateway/app.ts';
import type { KeyScope, Role } from '../../../contract/protocol.ts';
import { newId, newPairingCode, newSecret, normalPairingCode, secretHash } from '../../../gateway/auth/secrets.ts';
import type { ChainWatcher } from '../../../gateway/chains/chain-watcher.ts';
import { directOrderReport } from '../../../gateway/sources/direct/direct-order.ts';
import { insertPairingCode } from '../../../gateway/store/pairing-codes.ts';
import { insertKey } from '../../../gateway/store/shop-keys.ts';
import { createTestSource } from './test-source.ts';
import type { TestDelivery, TestSource } from './test-source.ts';

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  /** The error's code; empty when there is none. */
  readonly code: string;
  readonly headers: Headers;
}

export interface TestGateway {
  readonly dataDir: string;
  readonly url: string;
  readonly gateway: Gateway;
  readonly source: TestSource;
  readonly clock: { at: number; now(): number };
  readonly log: { level: string; fields: object; message: string }[];
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Delivers a webhook with the right signature. */
  deliver(delivery: TestDelivery): Promise<number>;
  key(scopes: KeyScope[], store?: string): Promise<string>;
  pairingCode(role: Role, stores?: string[]): Promise<string>;
  /** Closes it and opens it again over the same data, on the same port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly raw?: string;
  readonly token?: string | undefined;
  readonly headers?: Record<string, string>;
}

export interface TestGatewayOptions extends Partial<
  Pick<GatewayOptions, 'timings' | 'flow' | 'rates' | 'diagnose' | 'wallets'>
> {
  readonly chains?: readonly ChainWatcher[];
}

export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tillwatch-gateway-'));
  const clock = { at: Date.now(), now: () => clock.at };
  const source = createTestSource(() => clock.at);
  const log: TestGateway['log'] = [];
  const at = (level: string) => (fields: object, message: string) => void log.push({ level, fields, message });
  const open = () =>
    createGateway({
      version: 'test',
      dataDir,
      clock,
      log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') },
      stores: ['main', 'other'].map((id) => ({ id, name: `Store ${id}`, currency: 'USD', timeZone: 'UTC' })),
      sources: [source],
      chains: options.chains ?? [],
      diagnose: options.diagnose ?? (() => []),
      mapDirectOrder: (request) =>
        directOrderReport({ ...request, chains: [], policy: { lateGraceMinutes: 60, underpaidBasisPoints: 0 } }),
      ...(options.wallets && { wallets: options.wallets }),
      ...(options.flow && { flow: options.flow }),
      ...(options.rates && { rates: options.rates }),
      timings: { tickMs: 20, foreignWritesMs: 20, drainMs: 200, ...options.timings },
    });
  let gateway = await open();
  const url = await gateway.listen({ port: 0, host: '127.0.0.1' });
  const call = (method: string, path: string, given: CallOptions = {}) => request(url + path, method, given);
  return {
    dataDir,
    url,
    source,
    clock,
    log,
    call,
    get gateway() {
      return gateway;
    },
    deliver: async (delivery) =>
      (await call('POST', '/v1/webhooks/shop', { body: delivery, headers: { 'x-word': 'right' } })).status,
    key: async (scopes, store = 'main') => {
      const secret = newSecret('twk');
      const key = { id: newId('key'), name: 'test', store, scopes, createdAt: 0, revokedAt: null };
      await gateway.storage.writer.write((tx) => insertKey(tx, secretHash(secret), key));
      return secret;
    },
    pairingCode: async (role, stores = ['main']) => {
      const code = newPairingCode();
      const grant = { role, name: null, stores, expiresAt: clock.at + 600_000 };
      await gateway.storage.writer.write((tx) => insertPairingCode(tx, secretHash(normalPairingCode(code)), grant));
      return code;
    },
    restart: async () => {
      await gateway.close();
      gateway = await open();
      await gateway.listen({ port: Number(new URL(url).port), host: '127.0.0.1' });
    },
    stop: async () => {
      await gateway.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function request(url: string, method: string, { body, raw, token, headers }: CallOptions): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(payload !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(payload !== undefined && { body: payload }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const answer = (json ? JSON.parse(text) : { text }) as Record<string, unknown>;
  const error = answer['error'] as { code: string } | undefined;
  return { status: response.status, body: answer, code: error?.code ?? '', headers: response.headers };
}

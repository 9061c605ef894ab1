import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseMetrics } from '../../support/prometheus/parse-metrics.ts';
import type { ParsedFamily } from '../../support/prometheus/parse-metrics.ts';
import { pretendChain } from './pretend-chain.ts';
import { connectDesk, openDesk, pairDesk } from './test-desk.ts';
import type { TestSocket } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';

const GUIDE = join(import.meta.dirname, '../../../docs/gateway/running.md');

let gateway: TestGateway;
let socket: TestSocket;
let families: Map<string, ParsedFamily>;

/** The value of the one sample with these labels. */
function value(name: string, labels: Record<string, string> = {}): number | undefined {
  const wanted = Object.entries(labels);
  const found = families
    .get(name)
    ?.samples.filter((each) => wanted.every(([label, text]) => each.labels[label] === text));
  return found?.length === 1 ? found[0]?.value : undefined;
}

beforeAll(async () => {
  gateway = await startGateway({ chains: [pretendChain().watcher] });
  const desk = await pairDesk(gateway);
  socket = await openDesk(gateway, desk);
  await connectDesk(gateway, { ticket: 'none', protocol: 1 }).catch(() => undefined);
  await gateway.deliver({ id: 'd1', ref: 'a' });
  await gateway.call('POST', '/v1/webhooks/shop', { body: {}, headers: { 'x-word': 'wrong' } });
  await gateway.call('GET', '/no/such/call');
  const token = await gateway.key(['operator']);
  const { body } = await gateway.call('GET', '/metrics', { token });
  families = parseMetrics(String(body['text']));
});
afterAll(async () => {
  socket.close();
  await gateway.stop();
});

describe('/metrics', () => {
  test('reads as the text format, each name with its help, type and unit', () => {
    expect(families.size).toBeGreaterThan(20);
    for (const { name, type } of families.values()) {
      expect(name).toMatch(/^tillwatch_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(type === 'counter');
      // Base units alone. Source: Prometheus, "Metric and label naming".
      expect(name).not.toMatch(/_(ms|milliseconds|minutes|kb|kilobytes|megabytes|percent)(_|$)/);
      if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    }
  });

  test('tells of desks, their knocks and refusals', () => {
    expect([
      value('tillwatch_desks_connected'),
      value('tillwatch_desk_sockets'),
      value('tillwatch_long_polls'),
    ]).toEqual([1, 1, 0]);
    expect(value('tillwatch_desk_connects_total', { result: 'admitted' })).toBe(1);
    expect(value('tillwatch_desk_connects_total', { result: 'unauthorized' })).toBe(1);
  });

  test('tells of calls and webhooks, by what they were answered with', () => {
    expect(value('tillwatch_webhooks_total', { source: 'shop', status: '200' })).toBe(1);
    expect(value('tillwatch_webhooks_total', { source: 'shop', status: '401' })).toBe(1);
    expect(value('tillwatch_http_requests_total', { method: 'POST', route: '/v1/desks', status: '200' })).toBe(1);
    expect(value('tillwatch_http_requests_total', { method: 'GET', status: '404' })).toBe(1);
    const timed = families.get('tillwatch_http_request_duration_seconds')?.samples ?? [];
    expect(timed.find(({ name, labels }) => name.endsWith('_count') && labels['route'] === '/v1/desks')?.value).toBe(1);
  });

  test('tells of the log, the disk and the lines', () => {
    expect(value('tillwatch_ready')).toBe(1);
    expect(value('tillwatch_writable')).toBe(1);
    expect(value('tillwatch_events_floor', { store: 'main' })).toBe(0);
    expect(value('tillwatch_database_bytes', { file: 'database' })).toBeGreaterThanOrEqual(4_096);
    expect(value('tillwatch_source_state', { source: 'shop', state: 'hearing' })).toBe(
      value('tillwatch_source_hearing', { source: 'shop' }),
    );
    expect(families.get('tillwatch_chain_nodes')?.samples).toHaveLength(4);
  });

  test('each is in the guide for operators, and the guide names no other', () => {
    const named = new Set(
      readFileSync(GUIDE, 'utf8')
        .match(/`tillwatch_[a-z_]+/g)
        ?.map((name) => name.slice(1)),
    );
    expect([...named].sort()).toEqual([...families.keys()].sort());
  });
});

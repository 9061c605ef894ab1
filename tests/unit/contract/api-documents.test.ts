import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventKinds } from '../../../contract/events.ts';
import { pushNames, requestNames } from '../../../contract/ipc.ts';
import { apiDocuments } from '../../../docs/api/api-documents.ts';
import { operations } from '../../../docs/api/desk-asyncapi.ts';
import { jsonSchemas } from '../../../docs/api/json-schemas.ts';
import { staleDocuments } from '../../../docs/api/stale-documents.ts';

const folder = path.resolve(import.meta.dirname, '../../../docs/api');
const documents = new Map(
  [...apiDocuments()].map(([name, text]) => [name, JSON.parse(text) as Record<string, unknown>]),
);

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => (key === '$ref' ? [String(each)] : refsIn(each)));
}

function resolve(document: unknown, ref: string): unknown {
  return ref
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
}

describe('docs/api', () => {
  it('is what the contract says now (else run npm run docs:api)', () => expect(staleDocuments(folder)).toEqual([]));

  it('is called stale when a document is missing or changed', () => {
    const other = mkdtempSync(path.join(tmpdir(), 'tillwatch-api-'));
    try {
      for (const [name, text] of apiDocuments()) writeFileSync(path.join(other, name), text);
      expect(staleDocuments(other)).toEqual([]);
      writeFileSync(path.join(other, 'orders.json'), '{}\n');
      rmSync(path.join(other, 'ipc.json'));
      expect(staleDocuments(other)).toEqual(['orders.json', 'ipc.json']);
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  it.each([...documents.keys()])('%s refers only to what it holds, in URIs', (name) => {
    const document = documents.get(name);
    const refs = refsIn(document);
    expect(refs.length).toBeGreaterThan(0);
    for (const ref of refs) {
      expect(ref).toMatch(/^#[\w/$.-]+$/);
      expect(resolve(document, ref), ref).toBeDefined();
    }
  });

  it('has every kind of event, every request and push, every operation of the desk', () => {
    const defs = (name: string) => Object.keys(documents.get(name)?.['$defs'] as object);
    expect(defs('events.json')).toEqual(expect.arrayContaining([...eventKinds, 'Event']));
    expect(defs('ipc.json')).toEqual(
      expect.arrayContaining([
        ...requestNames.map((name) => `${name}.input`),
        ...pushNames.map((name) => `${name}.push`),
      ]),
    );
    const described = documents.get('desk.asyncapi.json')?.['operations'] as object;
    expect(Object.keys(described)).toEqual(['subscribe', 'health', 'command', 'command-status', 'events', 'notice']);
    expect(operations.filter(({ action }) => action === 'send').map(({ event }) => event)).toEqual([
      'events',
      'notice',
    ]);
  });

  it('forbids no field that a later version may add', () => {
    for (const text of apiDocuments().values()) expect(text).not.toContain('"additionalProperties": false');
  });

  it('says what the schemas say: a generated schema takes and refuses the same', () => {
    const order = documents.get('rest.json')?.['$defs'] as Record<string, object>;
    const generated = z.fromJSONSchema(order['PlaceOrder'] as Parameters<typeof z.fromJSONSchema>[0]);
    const pay = { chain: 'eip155:1', asset: 'native', address: '0xaa', amount: '1' };
    const good = { reference: 'A-1', price: { currency: 'USD', amount: '1.00' }, pay: [pay] };
    expect(generated.safeParse(good).success).toBe(true);
    expect(generated.safeParse({ ...good, pay: [{ ...pay, amount: '1.5' }] }).success).toBe(false);
    expect(generated.safeParse({ ...good, expiresInSeconds: 59 }).success).toBe(false);
    expect(generated.safeParse({ ...good, pay: [] }).success).toBe(false);
  });
});

describe('schemas by name', () => {
  it('refer to what is shared, and to the first name of what has two', () => {
    const inner = z.object({ a: z.string() });
    const outer = z.object({ inner });
    expect(jsonSchemas({ outer, same: inner }, { inner }, '#/$defs/')).toEqual({
      inner: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      outer: { type: 'object', properties: { inner: { $ref: '#/$defs/inner' } }, required: ['inner'] },
      same: { $ref: '#/$defs/inner' },
    });
  });
});

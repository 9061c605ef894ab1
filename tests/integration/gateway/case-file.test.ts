import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openCaseKey } from '../../../gateway/case-file/case-key.ts';
import { caseFileSchema } from '../../../gateway/case-file/case-file.ts';
import type { CaseFile } from '../../../gateway/case-file/case-file.ts';
import { manifestOf } from '../../../gateway/case-file/case-manifest.ts';
import { verifyCase } from '../../../gateway/case-file/verify-case.ts';
import { runCommandLine } from '../../../gateway/cli/command-line.ts';
import { openStorage } from '../../../gateway/store/open-store.ts';
import { pairDesk, sessionOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';
import { testOrder, testPayment } from './test-source.ts';
import { PATIENCE } from '../../support/patience.ts';

let gateway: TestGateway;
let sessions: Record<'staff' | 'support', string>;
let key: string;
let dir: string;

beforeAll(async () => {
  gateway = await startGateway();
  sessions = {
    staff: await sessionOf(gateway, await pairDesk(gateway, 'staff')),
    support: await sessionOf(gateway, await pairDesk(gateway, 'support')),
  };
  key = await gateway.key(['orders:read']);
  dir = mkdtempSync(join(tmpdir(), 'tillwatch-case-'));
});
afterAll(async () => {
  await gateway.stop();
  rmSync(dir, { recursive: true, force: true });
});

/** An order that came by two signed deliveries. */
async function deliveredOrder(ref: string): Promise<string> {
  const customer = { name: 'Ada Müller', email: 'ada@example.com' };
  expect(await gateway.deliver({ id: `${ref}-1`, ref, fact: { customer, reference: ref } })).toBe(200);
  expect(await gateway.deliver({ id: `${ref}-2`, ref, payment: testPayment(`${ref}-p`) })).toBe(200);
  const id = testOrder(ref);
  // A delivery is answered before it is read.
  await vi.waitFor(async () => {
    expect((await gateway.gateway.storage.ledger.order('main', id))?.payments).toHaveLength(1);
  }, PATIENCE);
  return id;
}

async function exported(ref: string): Promise<string> {
  const id = await deliveredOrder(ref);
  const path = `/v1/stores/main/orders/${id}/export`;
  const { status, body, headers } = await gateway.call('GET', path, { token: key });
  expect(status).toBe(200);
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="tillwatch-case-[\w.-]+\.json"$/);
  return JSON.stringify(body);
}

describe('exporting a case', () => {
  test('holds order, customer, every event, the raw deliveries behind them, and hashes that fit', async () => {
    const text = await exported('whole');
    const file = caseFileSchema.parse(JSON.parse(text));
    expect(file.order).toMatchObject({ reference: 'whole', customer: { email: 'ada@example.com' } });
    expect(file.events.map(({ kind }) => kind)).toEqual(['order.created', 'payment.detected']);
    expect(file.deliveries).toHaveLength(2);
    expect(file.chain).toHaveLength(1);
    expect(verifyCase(text, null)).toMatchObject({ faults: [], reference: 'whole' });
    expect(verifyCase(text, file.signature.publicKey)).toMatchObject({ faults: [], notes: [] });
  });

  test('[AU4] is for who may see customers: not for staff, not for strangers', async () => {
    const id = await deliveredOrder('roles');
    const path = `/v1/stores/main/orders/${id}/export`;
    expect(await gateway.call('GET', path, { token: sessions.staff })).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect((await gateway.call('GET', path)).status).toBe(401);
    expect((await gateway.call('GET', path.replace('/main/', '/other/'), { token: sessions.support })).status).toBe(
      403,
    );
    const unknown = await gateway.call('GET', '/v1/stores/main/orders/none/export', { token: sessions.support });
    expect(unknown).toMatchObject({ status: 404, code: 'unknown-order' });
    expect((await gateway.call('GET', path, { token: sessions.support })).status).toBe(200);
  });

  test('is signed by the same key after a restart', async () => {
    const before = JSON.parse(await exported('before')) as CaseFile;
    await gateway.restart();
    const after = JSON.parse(await exported('after')) as CaseFile;
    expect(after.signature.publicKey).toBe(before.signature.publicKey);
  });
});

describe('checking a case', () => {
  test('every altered byte is found, or changes nothing of what is written', async () => {
    const text = await exported('bytes');
    const written: unknown = JSON.parse(text);
    const missed: number[] = [];
    for (let at = 0; at < text.length; at += 1) {
      const altered = text.slice(0, at) + (text[at] === '7' ? '8' : '7') + text.slice(at + 1);
      if (verifyCase(altered, null).faults.length > 0) continue;
      if (!isDeepStrictEqual(JSON.parse(altered), written)) missed.push(at);
    }
    expect(missed).toEqual([]);
  });

  const forgeries: Readonly<Record<string, (file: CaseFile) => void>> = {
    'order is not what its hash says.': (file) => void (file.order.reference = 'other'),
    'events is not what its hash says.': (file) => void file.events.pop(),
    'has a hash and is missing.': (file) => void file.deliveries.shift(),
    'is not what its hash says.': (file) => void (file.deliveries[0]!.body.data += ' '),
    'no hash covers it.': (file) => void Object.assign(file, { remark: 'paid in full' }),
    'The signature does not fit the hashes.': (file) => {
      file.order.reference = 'other';
      file.manifest = manifestOf(file);
    },
  };
  test.each(Object.entries(forgeries))('says: %s', async (words, forge) => {
    const file = JSON.parse(await exported(`forged-${Object.keys(forgeries).indexOf(words)}`)) as CaseFile;
    forge(file);
    expect(verifyCase(JSON.stringify(file), null).faults.join('\n')).toContain(words);
  });

  test('a signature or a key written in another way is not taken for the same', async () => {
    const file = JSON.parse(await exported('malleable')) as CaseFile;
    for (const field of ['value', 'publicKey'] as const) {
      const written = file.signature[field];
      const bytes = Buffer.from(written, 'base64url');
      const letters = Array.from({ length: 64 }, (_, n) =>
        Buffer.from([n << 2])
          .toString('base64url')
          .charAt(0),
      );
      const last = letters
        .map((letter) => written.slice(0, -1) + letter)
        .filter((other) => other !== written && Buffer.from(other, 'base64url').equals(bytes));
      expect(last.length).toBeGreaterThan(0);
      for (const other of last) {
        const altered = { ...file, signature: { ...file.signature, [field]: other } };
        expect(verifyCase(JSON.stringify(altered), null).faults).toEqual(['The signature does not fit the hashes.']);
      }
    }
  });

  test('events that were signed and do not make the order are found', async () => {
    const text = await exported('refolded');
    const file = JSON.parse(text) as CaseFile;
    const other = JSON.parse(await exported('refolded-2')) as CaseFile;
    file.events = other.events;
    expect(verifyCase(JSON.stringify(file), null).faults).toContain('The events do not make this order.');
  });

  const added: Readonly<Record<string, (text: string) => string>> = {
    'The field reference stands twice': (text) => text.replace('"order":{', '"order":{"reference":"another",'),
    'The field format stands twice': (text) => text.replace('{"format"', '{"format":"paid","format"'),
    'manifest.remark was added': (text) => text.replace('"manifest":{', '"manifest":{"remark":"paid",'),
    'signature.remark was added': (text) => text.replace('"signature":{', '"signature":{"remark":"paid",'),
    'The list of hashes is not what': (text) => text.replace('"parts":{', '"parts":{"__proto__":"paid",'),
    '__proto__ was added': (text) => text.replace('{"format"', '{"__proto__":"paid","format"'),
  };
  test.each(Object.entries(added))('what a reader could take for the file’s own: %s', async (words, add) => {
    const text = await exported(`added-${Object.keys(added).indexOf(words)}`);
    const altered = add(text);
    expect(altered).not.toBe(text);
    expect(verifyCase(altered, null).faults.join('\n')).toContain(words);
  });

  test('a gateway restored from a backup into an empty folder signs with the same key', async () => {
    const { signature } = JSON.parse(await exported('restored')) as CaseFile;
    const said: string[] = [];
    const say = (line: string) => void said.push(line);
    const terminal = { out: say, err: say, environment: {}, stopped: () => Promise.resolve() };
    const backup = join(dir, 'signs.db');
    expect(await runCommandLine(['backup', '--data', gateway.dataDir, '--out', backup], terminal)).toBe(0);
    const elsewhere = join(dir, 'elsewhere');
    expect(await runCommandLine(['restore', '--data', elsewhere, '--from', backup], terminal)).toBe(0);
    const storage = await openStorage({ dataDir: elsewhere, clock: Date });
    expect((await openCaseKey(storage)).publicKey).toBe(signature.publicKey);
    await storage.close();
  });

  test('[AU4] of an erased customer: whole, without them, and it says which deliveries were redacted', async () => {
    const id = await deliveredOrder('erased');
    const operator = await gateway.key(['operator']);
    const erasing = await gateway.call('DELETE', `/v1/stores/main/orders/${id}/customer`, { token: operator });
    expect(erasing.status).toBe(200);
    const { body } = await gateway.call('GET', `/v1/stores/main/orders/${id}/export`, { token: key });
    const text = JSON.stringify(body);
    for (const personal of ['Ada M', 'Müller', 'ada@']) expect(text).not.toContain(personal);
    const { deliveries } = caseFileSchema.parse(body);
    const at = new Date(gateway.clock.at).toISOString();
    const said = deliveries.map((each) => `Customer data was taken out of delivery ${each.id} at ${at}: its signature`);
    expect(said).toHaveLength(2);
    expect(verifyCase(text, caseFileSchema.parse(body).signature.publicKey)).toMatchObject({
      faults: [],
      notes: said.map((start) => expect.stringContaining(start) as string),
    });
  });

  test('what is nested too deeply is refused, wherever it stands and however deep', async () => {
    const text = await exported('nested');
    for (const depth of [3_000, 4_000, 5_000, 10_000, 100_000]) {
      const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`;
      for (const place of ['{"format"', '"order":{', '"about":{']) {
        const field = place.startsWith('{') ? `{"x":${deep},"format"` : `${place}"x":${deep},`;
        expect(verifyCase(text.replace(place, field), null).faults).not.toEqual([]);
      }
    }
    const deepest = `{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(verifyCase(deepest, null).faults).toEqual(['This is nested too deeply for a case file.']);
  });

  test.each(['', '{', '[]', '{"format":"tillwatch-case-2"}', 'null'])('says what is wrong with %j', (text) => {
    expect(verifyCase(text, null)).toMatchObject({ faults: [expect.stringMatching(/^This is no /)], publicKey: null });
  });

  test('by the command line: exit code 0 as written, 1 altered or of another gateway, 2 without a file', async () => {
    const text = await exported('cli');
    const file = join(dir, 'case.json');
    writeFileSync(file, text);
    const said: string[] = [];
    const terminal = {
      out: (line: string) => void said.push(line),
      err: (line: string) => void said.push(line),
      environment: {},
      stopped: () => Promise.resolve(),
    };
    const run = (...args: string[]) => runCommandLine(['verify-case', ...args], terminal);
    expect(await run(file)).toBe(0);
    expect(said.at(-1)).toMatch(/^Order cli is as it was written\. Signed by [\w-]{43}\.$/);
    expect(await run(file, '--data', gateway.dataDir)).toBe(0);
    expect(await run(file, '--key', 'A'.repeat(43))).toBe(1);
    writeFileSync(file, text.replace('ada@example.com', 'eve@example.com'));
    expect(await run(file, '--json')).toBe(1);
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ ok: false, faults: ['order is not what its hash says.'] });
    expect(await run()).toBe(2);
  });
});

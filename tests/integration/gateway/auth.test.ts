import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPairingCode, normalPairingCode, secretHash } from '../../../gateway/auth/secrets.ts';
import { findDesk, revokeDesk } from '../../../gateway/store/desks.ts';
import { insertPairingCode } from '../../../gateway/store/pairing-codes.ts';
import { askTicket, connectDesk, pairDesk, sessionOf, ticketOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';

let gateway: TestGateway;
beforeAll(async () => void (gateway = await startGateway()));
afterAll(() => gateway.stop());

const publicKey = (): string => String(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x);
const tally = (statuses: readonly unknown[]) =>
  [...new Set(statuses)].map((s) => [s, statuses.filter((x) => x === s).length]);

describe('pairing', () => {
  test('[AU1] exactly one of 100 racing uses of a code gets a desk', async () => {
    const code = await gateway.pairingCode('support', ['main', 'other']);
    const racing = await startGateway();
    try {
      const own = await racing.pairingCode('support', ['main', 'other']);
      const answers = await Promise.all(
        Array.from({ length: 100 }, () =>
          racing.call('POST', '/v1/desks', { body: { code: own, name: 'Racer', publicKey: publicKey() } }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      expect(
        answers.filter(({ status }) => status !== 200).every(({ status }) => status === 401 || status === 429),
      ).toBe(true);
    } finally {
      await racing.stop();
    }
    const { status, body } = await gateway.call('POST', '/v1/desks', {
      body: { code: code.toLowerCase().replaceAll('-', ' '), name: 'Counter', publicKey: publicKey() },
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      deskId: expect.any(String),
      role: 'support',
      stores: [
        { id: 'main', name: 'Store main' },
        { id: 'other', name: 'Store other' },
      ],
    });
  });

  test('the name the operator gave stands before the one the desk gives itself', async () => {
    const { storage } = gateway.gateway;
    const code = newPairingCode();
    const grant = {
      role: 'staff',
      name: 'Front counter',
      stores: ['main'],
      expiresAt: gateway.clock.at + 1_000,
    } as const;
    await storage.writer.write((tx) => insertPairingCode(tx, secretHash(normalPairingCode(code)), grant));
    const body = { code, name: 'till-7.local', publicKey: publicKey() };
    const { body: paired } = await gateway.call('POST', '/v1/desks', { body });
    expect((await findDesk(storage.reader, String(paired['deskId'])))?.name).toBe('Front counter');
  });

  test('[AU1] an unknown and an expired code are refused alike', async () => {
    const late = await gateway.pairingCode('staff');
    const body = { code: 'AAAA-BBBB-CCCC-DDDD', name: 'Desk', publicKey: publicKey() };
    const unknown = await gateway.call('POST', '/v1/desks', { body });
    gateway.clock.at += 600_001;
    const expired = await gateway.call('POST', '/v1/desks', { body: { ...body, code: late } });
    expect([unknown.status, unknown.body]).toEqual([401, { error: { code: 'bad-code', message: expect.any(String) } }]);
    expect([expired.status, expired.body]).toEqual([unknown.status, unknown.body]);
  });

  test('[AU1] guessing codes locks an address out, and says for how long', async () => {
    const guessed = await startGateway();
    try {
      const body = { code: 'AAAA-BBBB-CCCC-DDDD', name: 'Guesser', publicKey: publicKey() };
      const statuses: number[] = [];
      for (let n = 0; n < 12; n += 1) statuses.push((await guessed.call('POST', '/v1/desks', { body })).status);
      const { status, code, headers } = await guessed.call('POST', '/v1/desks', { body });
      expect(statuses.slice(0, 10).every((each) => each === 401)).toBe(true);
      expect([status, code]).toEqual([429, 'rate-limited']);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await guessed.stop();
    }
  });
});

describe('tickets', () => {
  test('[AU2] a wrong signature, a used and an expired challenge are refused, each with its reason', async () => {
    const desk = await pairDesk(gateway);
    const wrong = await askTicket(gateway, desk, generateKeyPairSync('ed25519').privateKey);
    expect([wrong.status, wrong.code]).toEqual([401, 'bad-signature']);
    const { body } = await gateway.call('POST', '/v1/challenges', { body: { deskId: desk.id } });
    expect(body['expiresAt']).toBe(gateway.clock.at + 30_000);
    gateway.clock.at += 30_001;
    const message = Buffer.from(`tillwatch-ticket-v1\n${desk.id}\n${String(body['challenge'])}`);
    const signature = sign(null, message, desk.privateKey).toString('base64url');
    const late = await gateway.call('POST', '/v1/tickets', {
      body: { deskId: desk.id, challenge: body['challenge'], signature },
    });
    expect([late.status, late.code]).toEqual([401, 'challenge-expired']);
  });

  test('[AU2] a challenge is single-use', async () => {
    const desk = await pairDesk(gateway);
    const { body } = await gateway.call('POST', '/v1/challenges', { body: { deskId: desk.id } });
    const message = Buffer.from(`tillwatch-ticket-v1\n${desk.id}\n${String(body['challenge'])}`);
    const signature = sign(null, message, desk.privateKey).toString('base64url');
    const use = () =>
      gateway.call('POST', '/v1/tickets', { body: { deskId: desk.id, challenge: body['challenge'], signature } });
    const answers = await Promise.all(Array.from({ length: 20 }, use));
    expect(tally(answers.map(({ code }) => code || 'ok'))).toEqual(
      expect.arrayContaining([
        ['ok', 1],
        ['challenge-expired', 19],
      ]),
    );
  });

  test('[AU2] an unknown desk gets a challenge like any other, and a refusal like a wrong signature', async () => {
    const known = await pairDesk(gateway);
    const stranger = { id: 'desk_AAAAAAAAAAAA', privateKey: known.privateKey };
    const forKnown = await gateway.call('POST', '/v1/challenges', { body: { deskId: known.id } });
    const forStranger = await gateway.call('POST', '/v1/challenges', { body: { deskId: stranger.id } });
    expect(Object.keys(forStranger.body)).toEqual(Object.keys(forKnown.body));
    expect(String(forStranger.body['challenge']).length).toBe(String(forKnown.body['challenge']).length);
    const refused = await askTicket(gateway, stranger);
    const wrong = await askTicket(gateway, known, generateKeyPairSync('ed25519').privateKey);
    expect([refused.status, refused.body]).toEqual([wrong.status, wrong.body]);
  });

  test('[AU2] exactly one of 100 racing uses of a ticket opens a session', async () => {
    const desk = await pairDesk(gateway);
    const ticket = await ticketOf(gateway, desk);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => gateway.call('POST', '/v1/sessions', { body: { ticket } })),
    );
    const codes = answers.map(({ code }) => code || 'ok');
    expect(tally(codes)).toEqual(
      expect.arrayContaining([
        ['ok', 1],
        ['ticket-used', 99],
      ]),
    );
  });

  test('[AU2] exactly one of 100 racing uses of a ticket opens a socket', async () => {
    const desk = await pairDesk(gateway);
    const ticket = await ticketOf(gateway, desk);
    const results = await Promise.all(
      Array.from({ length: 100 }, () =>
        connectDesk(gateway, { ticket, protocol: 1 }).then(
          ({ close }) => (close(), 'ok'),
          (refusal: unknown) => (refusal as { code: string }).code,
        ),
      ),
    );
    expect(tally(results)).toEqual(
      expect.arrayContaining([
        ['ok', 1],
        ['ticket-used', 99],
      ]),
    );
  });

  test('[AU2] an expired ticket says so; one that never was tells a stranger nothing', async () => {
    const desk = await pairDesk(gateway);
    const ticket = await ticketOf(gateway, desk);
    gateway.clock.at += 30_001;
    const late = await gateway.call('POST', '/v1/sessions', { body: { ticket } });
    expect([late.status, late.code]).toEqual([401, 'ticket-expired']);
    await expect(connectDesk(gateway, { ticket, protocol: 1 })).rejects.toEqual({ code: 'ticket-expired' });
    await expect(connectDesk(gateway, { ticket: 'nonsense', protocol: 1 })).rejects.toEqual({ code: 'unauthorized' });
  });

  test("[AU2] an address's lock never stops a desk that signs correctly", async () => {
    const desk = await pairDesk(gateway);
    const stranger = { id: 'desk_BBBBBBBBBBBB', privateKey: desk.privateKey };
    let last = 0;
    for (let n = 0; n < 30 && last !== 429; n += 1) last = (await askTicket(gateway, stranger)).status;
    expect(last).toBe(429);
    expect((await askTicket(gateway, desk)).status).toBe(200);
    gateway.clock.at += 3_600_001;
  });
});

describe('sessions', () => {
  test('a session ends after 15 minutes, and one from before a restart is expired, not unknown', async () => {
    const desk = await pairDesk(gateway);
    const token = await sessionOf(gateway, desk);
    expect((await gateway.call('GET', '/v1/health', { token })).status).toBe(200);
    gateway.clock.at += 15 * 60_000;
    const late = await gateway.call('GET', '/v1/health', { token });
    expect([late.status, late.code]).toEqual([401, 'session-expired']);
    const another = await sessionOf(gateway, desk);
    await gateway.restart();
    const after = await gateway.call('GET', '/v1/health', { token: another });
    expect([after.status, after.code]).toEqual([401, 'session-expired']);
  });

  test('[AU3] a revoked desk is told so, and gets neither session nor ticket', async () => {
    const desk = await pairDesk(gateway);
    const token = await sessionOf(gateway, desk);
    const ticket = await ticketOf(gateway, desk);
    await gateway.gateway.storage.writer.write((tx) => revokeDesk(tx, desk.id, gateway.clock.at));
    expect((await gateway.call('GET', '/v1/health', { token })).code).toBe('revoked');
    expect((await askTicket(gateway, desk)).code).toBe('revoked');
    await expect(connectDesk(gateway, { ticket, protocol: 1 })).rejects.toEqual({ code: 'revoked' });
    const stranger = await askTicket(gateway, desk, generateKeyPairSync('ed25519').privateKey);
    expect(stranger.code).toBe('bad-signature');
  });

  test('[AU4] no secret reaches the log', () => {
    const written = JSON.stringify(gateway.log);
    expect(written).not.toMatch(/tw[kts]_/);
    expect(written).toContain('desk paired');
  });
});

import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Envelope } from '../../../../demo/processors/crypto-com-pay/processor.ts';
import { seededRandom } from '../../../../demo/clock/random.ts';
import { createTimers } from '../../../../demo/clock/timers.ts';
import { createWebhookSender, retryDelayMs } from '../../../../demo/processors/webhook-sender.ts';
import { paySignature } from '../../../../demo/processors/crypto-com-pay/webhook-signature.ts';
import { manualTimers } from '../clock/manual-timers.ts';

const START = 1_790_000_000_000;

function envelope(n: number): Envelope {
  return {
    id: `evt-${n}`,
    object_type: 'payment',
    type: 'payment.created',
    created: n,
    data: { object: { amount: 10n ** 20n } },
  };
}

interface Taken {
  readonly at: number;
  readonly body: string;
  readonly signature: string;
}

function setUp(
  answer: (tries: number) => number | Error = () => 200,
  url: () => string | null = () => 'http://gateway/hook',
) {
  const source = manualTimers(START);
  const timers = createTimers(source);
  const taken: Taken[] = [];
  const troubles: string[] = [];
  const sender = createWebhookSender({
    habits: { sign: (body, now) => ({ 'pay-signature': paySignature('whsec_1', body, now) }) },
    url,
    random: seededRandom('post'),
    timers,
    onTrouble: (note) => troubles.push(note),
    fetch: async (_, init) => {
      const signature = new Headers(init?.headers).get('pay-signature') ?? '';
      taken.push({ at: source.now(), body: init?.body as string, signature });
      const status = answer(taken.length);
      if (status instanceof Error) throw status;
      return new Response('', { status });
    },
  });
  return { source, timers, sender, taken, troubles };
}

describe('the signature', () => {
  it('is the hex HMAC-SHA256 of time, point and body', () => {
    const v1 = createHmac('sha256', 'whsec_1').update('1790000000.{"a":1}').digest('hex');
    expect(paySignature('whsec_1', '{"a":1}', START + 999)).toBe(`t=1790000000,v1=${v1}`);
  });
});

describe('webhooks of the pretend processor', () => {
  it('all arrive, some twice, not always in order, each with its own body and exact amounts', async () => {
    const { source, sender, taken } = setUp();
    for (let n = 0; n < 100; n += 1) {
      sender.send(envelope(n));
      await source.pass(50);
    }
    await source.pass(10_000);
    const ids = taken.map(({ body }) => Number(/evt-(\d+)/.exec(body)?.[1]));
    expect(new Set(ids).size).toBe(100);
    expect(ids.length).toBeGreaterThan(100);
    expect(ids).not.toEqual(ids.toSorted((a, b) => a - b));
    expect(taken[0]?.body).toContain('"amount":100000000000000000000');
    expect(sender.outstanding()).toEqual([]);
  });

  it('are sent again after trouble, signed anew, until somebody takes them', async () => {
    const { source, sender, taken, troubles } = setUp(
      (tries) => [503, new Error('ECONNREFUSED'), 200][tries - 1] ?? 200,
    );
    sender.send(envelope(1));
    await source.pass(1_000);
    expect(taken).toHaveLength(1);
    expect(sender.outstanding()).toHaveLength(1);
    await source.pass(10_000);
    expect(new Set(taken.map(({ body }) => body)).size).toBe(1);
    expect(taken.length).toBeGreaterThanOrEqual(3);
    for (const { at, body, signature } of taken) expect(signature).toBe(paySignature('whsec_1', body, at));
    expect(new Set(taken.map(({ signature }) => signature)).size).toBe(3);
    expect(troubles).toEqual([expect.stringContaining('503'), expect.stringContaining('ECONNREFUSED')]);
    expect(sender.outstanding()).toEqual([]);
  });

  it('are given up after twelve tries, and that is said', async () => {
    const { source, sender, taken, troubles } = setUp(() => 401);
    sender.send(envelope(1));
    await source.pass(20 * 60_000);
    expect(taken).toHaveLength(12);
    expect(troubles.at(-1)).toMatch(/given up.*401/);
    expect(sender.outstanding()).toEqual([]);
  });

  it('wait without a try while no gateway is known', async () => {
    let url: string | null = null;
    const { source, sender, taken } = setUp(
      () => 200,
      () => url,
    );
    sender.send(envelope(1));
    await source.pass(60_000);
    expect(taken).toEqual([]);
    url = 'http://gateway/hook';
    await source.pass(1_000);
    expect(taken).toHaveLength(1);
  });

  it('end with the demo: no timer and no try is left', async () => {
    const { source, timers, sender, taken } = setUp(() => 503);
    sender.send(envelope(1));
    await source.pass(500);
    const before = taken.length;
    timers.close();
    await sender.close();
    await source.pass(60_000);
    expect(taken).toHaveLength(before);
    expect(source.pending()).toBe(0);
  });

  it('wait longer after every failure, up to a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(retryDelayMs)).toEqual([1e3, 2e3, 4e3, 8e3, 16e3, 32e3, 6e4, 6e4]);
  });
});

import { generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { RATES } from '../../../gateway/auth/rates.ts';
import type { Rates } from '../../../gateway/auth/rates.ts';
import { askTicket, connectDesk, pairDesk, ticketOf } from './test-desk.ts';
import { startGateway } from './test-gateway.ts';
import type { TestGateway } from './test-gateway.ts';

const WIDE = { burst: 1_000, perSecond: 1_000 };

let gateway: TestGateway;
afterEach(() => gateway.stop());

async function open(rates: Partial<Rates>): Promise<void> {
  gateway = await startGateway({ rates: { address: WIDE, desk: WIDE, ...rates } });
}

describe('who knocks too often', () => {
  test('[AU5] a desk waits for its next ticket as long as it is told, and another desk does not', async () => {
    await open({ desk: { burst: 2, perSecond: 0.1 } });
    const [desk, other] = [await pairDesk(gateway), await pairDesk(gateway)];
    expect([(await askTicket(gateway, desk)).status, (await askTicket(gateway, desk)).status]).toEqual([200, 200]);
    const refused = await askTicket(gateway, desk);
    expect([refused.status, refused.code, refused.headers.get('retry-after')]).toEqual([429, 'rate-limited', '10']);
    expect((await askTicket(gateway, other)).status).toBe(200);
    gateway.clock.at += 10_000;
    expect((await askTicket(gateway, desk)).status).toBe(200);
  });

  test('[AU2][AU5] a stranger who names a desk uses up nothing of what that desk may', async () => {
    await open({ desk: { burst: 2, perSecond: 0.1 } });
    const desk = await pairDesk(gateway);
    const { privateKey } = generateKeyPairSync('ed25519');
    for (let n = 0; n < 5; n += 1) expect((await askTicket(gateway, desk, privateKey)).status).toBe(401);
    expect((await askTicket(gateway, desk)).status).toBe(200);
  });

  test('[AU5] an address is counted for all that ask from it', async () => {
    await open({ address: { burst: 3, perSecond: 0.5 } });
    const desks = [await pairDesk(gateway), await pairDesk(gateway)];
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await askTicket(gateway, desks[n % 2]!)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('[AU5] sockets are refused with `rate-limited`, and how long to wait', async () => {
    await open({ address: { burst: 3, perSecond: 0.5 } });
    const desk = await pairDesk(gateway);
    const tickets = [await ticketOf(gateway, desk), await ticketOf(gateway, desk), await ticketOf(gateway, desk)];
    const auths = tickets.map((ticket) => ({ ticket, protocol: 1, deskVersion: 'test' }));
    const strangers = [1, 2].map(() =>
      connectDesk(gateway, { ...auths[0], ticket: 'none' }).catch((data: unknown) => data),
    );
    expect(await Promise.all(strangers)).toEqual([{ code: 'unauthorized' }, { code: 'unauthorized' }]);
    const first = await connectDesk(gateway, auths[1]!);
    await expect(connectDesk(gateway, auths[2]!)).rejects.toEqual({ code: 'rate-limited', retryAfterMs: 2_000 });
    gateway.clock.at += 2_000;
    // The ticket was not used up by being refused.
    const second = await connectDesk(gateway, auths[2]!);
    first.close();
    second.close();
  });

  test('[AU5] all desks of a shop come back through one address at once, each with some tries', () => {
    const { address, desk } = RATES;
    expect(address.burst).toBeGreaterThanOrEqual(500 * 6);
    expect(desk.burst).toBeGreaterThanOrEqual(6 * 5);
    // A desk that tries for long waits 1 s and a random part of up to 16 s, towards its own machine 2 s at most [CN3].
    expect(desk.perSecond).toBeGreaterThan(1);
  });
});

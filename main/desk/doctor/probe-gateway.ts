import type { Agent } from 'node:http';
import { z } from 'zod';
import { snapshotReasonSchema } from '../../../contract/protocol.ts';
import type { Position } from '../../../contract/protocol.ts';
import type { ClockSample } from '../clock/offset-estimator.ts';
import type { Failure } from '../connection/failure.ts';
import type { GatewayApi } from '../connection/gateway-api.ts';
import type { HttpClient } from '../connection/http-client.ts';
import { socketIoTransport } from '../connection/socket-io-transport.ts';
import type { Pairing } from '../pairing/pairing.ts';
import { blocked, found } from './found.ts';
import type { Checked, Found } from './found.ts';
import { judgeClock } from './judge-clock.ts';
import { judgeFailure } from './judge-failure.ts';
import { patience } from './patient.ts';
import type { Instruments, Target } from './patient.ts';
import { LATE, within } from './within.ts';

/** The answer of `/healthz`, which nobody has to sign in for. */
const aliveSchema = z.object({ ok: z.literal(true), version: z.string().max(64) });
const CLOCK_SAMPLES = 3;

export async function probeHttp(http: HttpClient, instruments: Instruments): Promise<Checked<true>> {
  const timeoutMs = instruments.timing.doctorStepMost;
  const answer = await http.call({ method: 'GET', path: '/healthz', schema: aliveSchema, timeoutMs });
  if (!answer.ok) return blocked(judgeFailure(answer.failure, patience(instruments)));
  return { found: found('http-gateway', { version: answer.value.version }), value: true };
}

/** Challenge, signature, ticket [CN7]. @returns a ticket that nothing else uses */
export async function probeTicket(
  api: GatewayApi,
  { name, role }: Pairing,
  instruments: Instruments,
): Promise<Checked<string>> {
  const ticket = await api.ticket();
  if (!ticket.ok) return blocked(judgeFailure(ticket.failure, patience(instruments)));
  return { found: found('ticket-given', { name, role }), value: ticket.value };
}

/** Asks the time, in a session of its own. @returns the newest of each store's log, by store */
export async function probeClock(
  api: GatewayApi,
  instruments: Instruments,
): Promise<Checked<ReadonlyMap<string, Position>>> {
  const { time, timing } = instruments;
  const signedIn = await api.signIn();
  if (!signedIn.ok) return blocked(judgeFailure(signedIn.failure, patience(instruments)));
  const samples: ClockSample[] = [];
  let heads: ReadonlyMap<string, Position> = new Map();
  for (let n = 0; n < CLOCK_SAMPLES; n += 1) {
    const askedAt = time.now();
    const health = await api.health(askedAt, timing.doctorStepMost);
    if (!health.ok) return blocked(judgeFailure(health.failure, patience(instruments)));
    const { receivedAt, sentAt, stores } = health.value;
    samples.push({ askedAt, answeredAt: time.now(), gatewayReceivedAt: receivedAt, gatewaySentAt: sentAt });
    heads = new Map(stores.map(({ store, epoch, head }) => [store, { epoch, seq: head }]));
  }
  return { found: judgeClock(samples), value: heads };
}

/** Opens a socket as a desk does, asks for nothing, and leaves: only a subscription would end another one [CN8]. */
export async function probeJoin(
  ticket: string,
  agent: Agent,
  { gateway }: Target,
  instruments: Instruments,
): Promise<Found> {
  const { time, timing, version: deskVersion } = instruments;
  const target = { gateway, ticket, deskVersion, connectTimeoutMs: timing.doctorStepMost };
  const joined = await within(instruments, async (signal) => {
    const ended = new Promise<Failure | null>((resolve) => {
      const transport = socketIoTransport(agent, time)(target, {
        connected: () => resolve(null),
        failed: resolve,
        events: () => undefined,
        notice: () => undefined,
        heard: () => undefined,
        renamed: () => undefined,
      });
      signal.addEventListener('abort', () => void transport.close(), { once: true });
    });
    return ended;
  });
  if (joined === LATE) return found('way-silent', { seconds: patience(instruments) });
  return joined === null ? found('join-let-in') : judgeFailure(joined, patience(instruments));
}

/** Whether the gateway goes on after what this desk holds of a store; by REST, which supersedes nobody. */
export async function probeResume(
  api: GatewayApi,
  store: { readonly id: string; readonly name: string },
  after: Position | null,
  instruments: Instruments,
): Promise<Found> {
  const page = await api.events(store.id, after, 0);
  const named = { store: store.name };
  if (page.ok) {
    const seq = after?.seq ?? 0;
    return found('resume-follows', { ...named, seq, behind: Math.max(0, page.value.head - seq) });
  }
  const { failure } = page;
  const code = failure.kind === 'answer' ? failure.error?.code : undefined;
  if (code === 'forbidden') return found('resume-taken-away', named);
  const reason = snapshotReasonSchema.safeParse(code);
  return reason.success
    ? found('resume-picture', { ...named, reason: reason.data })
    : judgeFailure(failure, patience(instruments));
}

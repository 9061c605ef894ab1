import { healthAckSchema } from '../../../contract/protocol.ts';
import type { GatewayHealth } from '../../../contract/protocol.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import type { Failure } from './failure.ts';
import type { Transport } from './transport.ts';

export interface HealthContext {
  readonly transport: Transport;
  readonly clock: GatewayClock;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly heard: (health: GatewayHealth) => void;
  readonly failed: (failure: Failure) => void;
}

/**
 * Asks the gateway for its health at once, often while clock samples are few, then every minute [CN5, CK1].
 * @returns a function that ends it
 */
export function askForHealth(context: HealthContext): () => void {
  const { transport, clock, time, timing } = context;
  let ended = false;
  let cancel = (): void => undefined;

  async function ask(): Promise<void> {
    const askedAt = time.monotonic();
    const answer = await transport.request('health', { sentAt: Math.round(time.now()) }, timing.answerMost);
    const answeredAt = time.monotonic();
    if (ended) return;
    // An application that does not answer is as dead as a line that does not carry.
    if (!answer.ok) {
      context.failed(answer.failure.kind === 'timeout' ? { kind: 'heartbeat' } : answer.failure);
      return;
    }
    const health = healthAckSchema.safeParse(answer.value);
    if (!health.success) {
      context.failed({ kind: 'unreadable', html: false, what: 'health' });
      return;
    }
    const { receivedAt, sentAt } = health.data;
    clock.sample({ askedAt, answeredAt, gatewayReceivedAt: receivedAt, gatewaySentAt: sentAt });
    context.heard(health.data);
    cancel = time.after(clock.wantsSamples ? timing.healthEveryFirst : timing.healthEvery, () => void ask());
  }

  void ask();
  return () => {
    ended = true;
    cancel();
  };
}

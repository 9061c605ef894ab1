import { healthAckSchema } from '../../../contract/protocol.ts';
import type { GatewayHealth } from '../../../contract/protocol.ts';
import type { GatewayClock } from '../clock/gateway-clock.ts';
import type { ClockSample } from '../clock/offset-estimator.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import { failed } from './failure.ts';
import type { Failure, Outcome } from './failure.ts';
import type { Way } from './link.ts';
import type { Transport } from './transport.ts';

export interface HealthContext {
  readonly transport: Transport;
  readonly clock: GatewayClock;
  readonly time: TimePort;
  readonly timing: Timing;
  readonly way: Way;
  readonly heard: (health: GatewayHealth) => void;
  readonly failed: (failure: Failure) => void;
}

export interface HealthLoop {
  /** Asks once beside the loop. @returns whether the gateway answered as it should */
  ask(): Promise<boolean>;
  end(): void;
}

/** Asks the gateway for its health at once, often while clock samples are few, then every minute [CN5, CK1]. */
export function askForHealth(context: HealthContext): HealthLoop {
  const { clock, time } = context;
  let ended = false;
  let cancel = (): void => undefined;
  const ask = async (): Promise<boolean> => {
    const answer = await healthOf(context);
    if (ended) return false;
    if (answer.ok) {
      clock.sample(answer.value.sample);
      context.heard(answer.value.health);
    } else context.failed(answer.failure);
    return answer.ok;
  };
  const loop = async (): Promise<void> => {
    if (!(await ask())) return;
    cancel = time.after(every(context), () => void loop());
  };
  void loop();
  return {
    ask,
    end: () => {
      ended = true;
      cancel();
    },
  };
}

function every({ clock, timing, way }: HealthContext): number {
  if (way === 'long-poll') return timing.pollHealthEvery;
  return clock.wantsSamples ? timing.healthEveryFirst : timing.healthEvery;
}

interface Answered {
  readonly health: GatewayHealth;
  readonly sample: ClockSample;
}

/** One question, and the clock sample that its answer is. */
async function healthOf({ transport, time, timing, way }: HealthContext): Promise<Outcome<Answered>> {
  const askedAt = time.monotonic();
  const most = way === 'socket' ? timing.answerMost : timing.pollHealthMost;
  const answer = await transport.request('health', { sentAt: Math.round(time.now()) }, most);
  const answeredAt = time.monotonic();
  // An application that does not answer is as dead as a line that does not carry.
  if (!answer.ok) return answer.failure.kind === 'timeout' ? failed({ kind: 'heartbeat' }) : answer;
  const health = healthAckSchema.safeParse(answer.value);
  if (!health.success) return failed({ kind: 'unreadable', html: false, what: 'health' });
  const { receivedAt, sentAt } = health.data;
  const sample = { askedAt, answeredAt, gatewayReceivedAt: receivedAt, gatewaySentAt: sentAt };
  return { ok: true, value: { health: health.data, sample } };
}

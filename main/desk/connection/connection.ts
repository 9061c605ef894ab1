import type { SteadyClock } from '../clock/steady-clock.ts';
import type { TimePort } from '../desk.ts';
import type { Timing } from '../timing.ts';
import type { Attempt, AttemptListener } from './attempt.ts';
import { classify } from './classify.ts';
import { currentAttempt } from './link.ts';
import type { AttemptId, Link, Way } from './link.ts';
import { deadline, transition } from './transition.ts';
import type { Effect } from './steps.ts';
import type { LinkEvent } from './transition-events.ts';

export interface ConnectionContext {
  readonly time: TimePort;
  /** By which it waits: a clock that is set neither hurries nor holds up anything. */
  readonly steady: SteadyClock;
  readonly timing: Timing;
  /** Whether the gateway is on this machine. */
  readonly loopback: () => boolean;
  /** Makes an attempt that is not opened yet. */
  readonly attempt: (listener: AttemptListener, way: Way) => Attempt;
  /** What attempts tell beside their state, only of those that count. */
  readonly told: Omit<AttemptListener, 'answered' | 'connected' | 'progress' | 'failed'>;
  readonly changed: (link: Link, before: Link) => void;
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: object) => void;
}

/** The one owner of the connection [CN1]: keeps the state, carries out what transitions decide. */
export class Connection {
  readonly #context: ConnectionContext;
  readonly #attempts = new Map<AttemptId, Attempt>();
  #link: Link = { state: 'unpaired' };
  #lastAttempt = 0;
  #armedFor: number | null = null;
  #disarm: () => void = () => undefined;

  constructor(context: ConnectionContext) {
    this.#context = context;
  }

  get link(): Link {
    return this.#link;
  }

  /** The attempt that carries the desk now, null when none does. */
  get attempt(): Attempt | null {
    const id = currentAttempt(this.#link);
    return id === null ? null : (this.#attempts.get(id) ?? null);
  }

  dispatch(event: LinkEvent): void {
    const { time, steady, timing, loopback, changed } = this.#context;
    const before = this.#link;
    const fresh = this.#lastAttempt + 1;
    const moment = { now: steady.now(), random: time.random(), fresh, loopback: loopback(), timing };
    const { link, effects } = transition(before, event, moment);
    this.#link = link;
    this.#arm();
    for (const effect of effects) this.#carryOut(effect);
    if (link !== before) changed(link, before);
  }

  #carryOut(effect: Effect): void {
    const { attempt: id } = effect;
    if (effect.effect === 'drop') {
      this.#attempts.get(id)?.close();
      this.#attempts.delete(id);
      return;
    }
    this.#lastAttempt = Math.max(this.#lastAttempt, id);
    const attempt = this.#context.attempt(this.#listener(id), effect.way);
    this.#attempts.set(id, attempt);
    void attempt.open();
  }
  /** One timer for whatever the state waits for. */
  #arm(): void {
    const { time, steady, timing } = this.#context;
    const at = deadline(this.#link, timing);
    if (at === this.#armedFor) return;
    this.#disarm();
    this.#armedFor = at;
    if (at === null) return;
    this.#disarm = time.after(Math.max(0, at - steady.now()), () => {
      this.#armedFor = null;
      this.dispatch({ type: 'due' });
    });
  }

  /**
   * An attempt that is over tells nothing more; what the others report is for the transition to weigh, which ignores
   * whatever belongs to none of the state's attempts [CN6].
   */
  #listener(attempt: AttemptId): AttemptListener {
    return {
      ...this.#context.told,
      answered: () => this.dispatch({ type: 'answered', attempt }),
      connected: () => this.dispatch({ type: 'connected', attempt }),
      progress: (behind) =>
        this.dispatch(behind === 0 ? { type: 'caught-up', attempt } : { type: 'behind', attempt, behind }),
      failed: (failure) => {
        const next = classify(failure);
        this.#context.log('info', 'connection attempt ended', { failure: describe(failure), next: next.step });
        this.dispatch({ type: 'failed', attempt, next });
      },
    };
  }
}

/** What may be logged of a failure: no text the gateway wrote, which may quote what was sent. */
function describe(failure: Parameters<AttemptListener['failed']>[0]): string {
  switch (failure.kind) {
    case 'answer':
      return `answer ${failure.status} ${failure.error?.code ?? 'without envelope'}`;
    case 'network':
    case 'refusal':
    case 'ack':
      return `${failure.kind} ${failure.code}`;
    case 'disconnected':
      return `disconnected ${failure.reason}`;
    default:
      return failure.kind;
  }
}

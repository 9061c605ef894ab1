/** Guards without which the desk or the gateway would sometimes be wrong, each as the text that takes it away. */
export interface Mutation {
  readonly guard: string;
  /** Below the repository. */
  readonly file: string;
  /** Stands there exactly once. */
  readonly text: string;
  readonly instead: string;
  /** Faults that can make it matter; the others only cost time. */
  readonly only: readonly number[];
}

export const mutations: readonly Mutation[] = [
  {
    guard: 'dedupe: what was applied is not applied again',
    file: 'main/desk/delivery/gap-buffer.ts',
    text: 'if (due.seq === last + 1) next.push(due);',
    instead: 'if (due.seq <= last + 1) next.push(due);',
    only: [19, 20],
  },
  {
    guard: 'gap hold: what is ahead waits for what is missing',
    file: 'main/desk/delivery/gap-buffer.ts',
    text: 'if (due.seq === last + 1) next.push(due);',
    instead: 'if (due.seq > last) next.push(due);',
    only: [20, 21],
  },
  {
    guard: 'journal before confirm',
    file: 'main/desk/delivery/store-feed.ts',
    text: 'if (epoch !== undefined) this.#apply(epoch, own);',
    instead:
      'for (const { message, confirm } of own) confirm(message.events.length + this.#book.seq); if (epoch !== undefined) this.#apply(epoch, own);',
    only: [4, 24, 29],
  },
  {
    guard: 'late-callback check: an attempt that is over does nothing more',
    file: 'main/desk/connection/attempt.ts',
    text: 'this.#closed = true;',
    instead: '',
    only: [46],
  },
  {
    guard: 'resume join: what follows begins right behind the position',
    file: 'gateway/delivery/desk/desk-socket.ts',
    text: 'this.#open(store, epoch, after?.seq ?? 0)',
    instead: 'this.#open(store, epoch, head)',
    only: [2, 16],
  },
  {
    guard: 'flow control: no more under way than the desk confirms',
    file: 'gateway/delivery/desk/flow-window.ts',
    text: 'return Math.max(0, this.#window - this.#unconfirmed);',
    instead: 'return Number.MAX_SAFE_INTEGER;',
    only: [24],
  },
  {
    guard: 'one epoch: nothing of a log begun anew goes out under the epoch before',
    file: 'gateway/delivery/desk/subscription.ts',
    text: 'if (this.#options.feed.epoch(this.#options.store) !== this.#options.epoch) this.close();',
    instead: '',
    only: [17],
  },
  {
    guard: 'command doubt: an answer that did not come says nothing',
    file: 'main/desk/commands/command-answer.ts',
    text: ": { id, state: 'unknown' };",
    instead: ": failedWith(id, { code: 'lost', message: 'No answer came.' });",
    only: [42],
  },
  {
    guard: 'make before break: the old socket closes when the new one is live',
    file: 'main/desk/connection/replacement.ts',
    text: 'if (next === null) return begin(link, moment);',
    instead: 'if (next === null) return connect(link, moment);',
    only: [43],
  },
  {
    guard: 'moments are told by the clock as it is set: nothing past is in the future',
    file: 'main/desk/clock/steady-clock.ts',
    text: 'return Math.max(0, Math.round(moment + this.#wallAhead));',
    instead: 'return Math.max(0, Math.round(moment));',
    only: [33],
  },
  {
    guard: 'two witnesses: one node’s word settles nothing',
    file: 'gateway/chains/follow/agreement.ts',
    text: 'agreed: tied || outvoted ? -1 : agreedHeight(backing, Math.floor(voters / 2), top),',
    instead: 'agreed: top,',
    only: [41],
  },
  {
    guard: 'a restore is made whole: the processor is asked for what the backup lacks',
    file: 'gateway/sources/reconcile/reconcile.ts',
    text: 'await this.#learn(answer);',
    instead: '',
    only: [47],
  },
];

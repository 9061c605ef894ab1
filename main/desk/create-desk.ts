import type { RequestInput, RequestOutput } from '../../contract/ipc.ts';
import { DeskError } from './desk.ts';
import type { Desk, DeskOptions, DeskRequestName, DeskSignal, Push } from './desk.ts';
import { SqliteJournal } from './journal/sqlite-journal.ts';
import { Doctor } from './doctor/doctor.ts';
import { pairWithGateway } from './pairing/pair-with-gateway.ts';
import { loadPairing, savePairing } from './pairing/pairing.ts';
import type { Pairing } from './pairing/pairing.ts';
import { PastDesk } from './past/past-desk.ts';
import { answersOf } from './requests/answer.ts';
import type { Answers } from './requests/answers.ts';
import { timing } from './timing.ts';
import type { Timing } from './timing.ts';
import { Watch } from './watch.ts';

/** Makes a desk that does nothing until it is started. */
export function createDesk(options: DeskOptions): Desk {
  return new DeskCore(options);
}

class DeskCore implements Desk {
  readonly #options: DeskOptions;
  readonly #timing: Timing;
  readonly #watch: Watch;
  readonly #answers: Answers;
  readonly #doctor: Doctor;
  readonly #past: PastDesk;
  #started: Promise<void> | null = null;
  #closed = false;
  #pairing = false;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#timing = timing(options.timeScale, options.timings);
    this.#watch = new Watch(options);
    this.#doctor = new Doctor({
      ...options,
      timing: this.#timing,
      told: (report) => this.#watch.relay.doctor(report),
    });
    const actions = { pair: (input: RequestInput<'pairing.pair'>) => this.#pair(input), forget: () => this.#forget() };
    this.#past = new PastDesk(options.time);
    this.#answers = answersOf(this.#watch, this.#past, actions, () => this.#examine());
  }

  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  async handle<R extends Exclude<DeskRequestName, 'desk.attach'>>(
    name: R,
    input: RequestInput<R>,
  ): Promise<RequestOutput<R>> {
    if (this.#closed) throw new DeskError('closed', 'The application is closing.');
    await this.start();
    return this.#answers[name](input);
  }

  attach(send: (push: Push) => void): () => void {
    return this.#watch.relay.attach(send);
  }

  signal(signal: DeskSignal): void {
    this.#watch.connection.dispatch({ type: signal });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#doctor.close();
    this.#past.forget();
    await this.#started;
    this.#watch.close();
  }

  async #start(): Promise<void> {
    const { dataDir, time, log, secrets } = this.#options;
    const pairing = await this.#load();
    const journal = new SqliteJournal({
      dataDir,
      now: () => time.now(),
      log,
      held: () => this.#watch.library.pictures(),
      heldCommands: () => this.#watch.commandBook.all(),
    });
    log('info', 'desk started', { paired: pairing !== null, journal: journal.state.state, keyStorage: secrets.kind });
    this.#watch.open(journal, pairing);
  }

  /** A key that cannot be read is as good as none: the person is asked to pair again, and nothing crashes. */
  async #load(): Promise<Pairing | null> {
    try {
      return await loadPairing(this.#options.secrets);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown';
      this.#options.log('error', 'the device key cannot be read', { reason });
      return null;
    }
  }

  async #pair(input: RequestInput<'pairing.pair'>): Promise<RequestOutput<'pairing.pair'>> {
    if (this.#pairing) throw new DeskError('busy', 'This device is pairing already.');
    this.#pairing = true;
    try {
      const { network, time, secrets } = this.#options;
      const pairing = await pairWithGateway(input, { network, time, timing: this.#timing });
      await savePairing(secrets, pairing);
      this.#past.forget();
      this.#watch.repair(pairing);
      return { deskId: pairing.deskId };
    } finally {
      this.#pairing = false;
    }
  }

  async #examine(): Promise<RequestOutput<'doctor.run'>> {
    const { pairing, library, connection } = this.#watch;
    if (!pairing) throw new DeskError('unpaired', 'This device is not paired with a gateway.');
    return this.#doctor.run({
      gateway: pairing.gateway,
      identity: pairing,
      positions: new Map(library.books.map((book) => [book.store.id, book.position])),
      connected: () => {
        const { link } = connection;
        return link.state === 'live' && link.way === 'socket';
      },
    });
  }

  async #forget(): Promise<void> {
    await this.#options.secrets.clear();
    this.#past.forget();
    this.#watch.repair(null);
  }
}

/** A real desk that can be restarted, killed in mid-commit and put on a disk that lets it down. */
import { closeSync, cpSync, existsSync, ftruncateSync, mkdirSync, openSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createDesk } from '../../../main/desk/create-desk.ts';
import type { CommandOutcome, RequestInput } from '../../../contract/ipc.ts';
import { DeskError } from '../../../main/desk/desk.ts';
import type { Desk, NetworkPort, Push } from '../../../main/desk/desk.ts';
import { JOURNAL_FILE } from '../../../main/desk/journal/open-journal.ts';
import { createFileSecrets } from '../../../main/profile/file-secrets.ts';
import type { BenchDay } from './bench-day.ts';
import type { DeskTime } from './desk-time.ts';
import type { History, JournalMark } from './history.ts';
import { peekIntoJournal } from './journal-peek.ts';
import { Painter } from './painter.ts';

/** Log lines kept for whoever has to find out why a run failed. */
const KEPT_LINES = 400;

/** For every millisecond of looking into the journal, so many without. */
const IDLE_PER_LOOK = 4;

export interface DeskOptions {
  /** A folder of its own, which exists. */
  readonly folder: string;
  readonly time: DeskTime;
  readonly scale: number;
  readonly history: History;
  readonly network: NetworkPort;
  /** In a day that is over in no time, connections are replaced and end in as little. */
  readonly day?: BenchDay | null;
}

export class DeskUnderFaults {
  readonly log: string[] = [];
  readonly #options: DeskOptions;
  #dataDir: string;
  #life = 0;
  #desk: Desk | null = null;
  #onDisk = true;
  #nextLook = 0;
  #painter: Painter;

  constructor(options: DeskOptions) {
    this.#options = options;
    this.#dataDir = join(options.folder, 'desk-0');
    this.#painter = this.#newPainter();
  }

  get screen(): Painter {
    return this.#painter;
  }

  /** Its profile's folder, which changes when it is killed. */
  get dataDir(): string {
    return this.#dataDir;
  }

  /** One more renderer beside the screen. @returns detaches it */
  attach(send: (push: Push) => void): () => void {
    if (!this.#desk) throw new Error('the desk is not open');
    return this.#desk.attach(send);
  }

  get journalFile(): string {
    return join(this.#dataDir, JOURNAL_FILE);
  }

  /** False once the disk has let the journal down, until the next start. */
  get onDisk(): boolean {
    return this.#onDisk;
  }

  async open(): Promise<void> {
    const { time, scale } = this.#options;
    this.#onDisk = true;
    const painter = (this.#painter = this.#newPainter());
    const desk = createDesk({
      dataDir: this.#dataDir,
      version: '0.0.0-bench',
      secrets: createFileSecrets(join(this.#dataDir, 'desk-key')),
      network: this.#options.network,
      time,
      timeScale: scale,
      ...(this.#options.day && { timings: this.#options.day }),
      log: (level, message, fields) => this.#logged(level, message, fields),
    });
    this.#desk = desk;
    desk.attach((push) => painter.take(push));
    await desk.start();
  }

  async pair(gateway: string, code: string): Promise<void> {
    await this.#desk?.handle('pairing.pair', { gateway, code, name: 'Bench' });
  }

  /** Somebody presses "Try now". */
  retry(): void {
    void this.#desk?.handle('connection.retry', {}).catch(() => undefined);
  }

  signal(signal: Parameters<Desk['signal']>[0]): void {
    this.#desk?.signal(signal);
  }

  /** @throws DeskError when nothing was sent */
  async command(input: RequestInput<'command.send'>): Promise<CommandOutcome> {
    const desk = this.#desk;
    if (!desk) throw new DeskError('closed', 'The desk is being started.');
    return desk.handle('command.send', input);
  }

  async restart(between: () => void = () => undefined): Promise<void> {
    await this.close();
    between();
    await this.open();
  }

  /** Back on disk, where the disk had let it down. */
  async restartForJournal(): Promise<void> {
    if (!this.#onDisk) await this.restart();
  }

  /** As SIGKILL in the middle of a commit would end it: the write-ahead log ends anywhere. @param keep of it, 0 to 1 */
  async kill(keep: number): Promise<void> {
    this.#life += 1;
    const image = join(this.#options.folder, `desk-${this.#life}`);
    mkdirSync(image, { recursive: true });
    cpSync(this.#dataDir, image, { recursive: true, filter: (file) => !file.endsWith('-shm') });
    await this.close();
    this.#dataDir = image;
    tear(`${this.journalFile}-wal`, keep);
    await this.open();
  }

  async close(): Promise<void> {
    await this.#desk?.close();
    this.#desk = null;
  }

  /** How far the journal is on disk; null where there is none, or where looking again would cost too much time. */
  mark(): JournalMark | null {
    const now = performance.now();
    if (!this.#onDisk || !this.#desk || now < this.#nextLook) return null;
    const mark = peekIntoJournal(this.journalFile);
    // A journal that is being written in a storm is large: most of the time belongs to the desk.
    const took = performance.now() - now;
    this.#nextLook = performance.now() + took * IDLE_PER_LOOK;
    return mark;
  }

  #newPainter(): Painter {
    const { history, time } = this.#options;
    return new Painter(
      history,
      () => time.now(),
      () => this.mark(),
    );
  }

  #logged(level: string, message: string, fields?: object): void {
    if (message.startsWith('journal')) this.#onDisk = false;
    this.log.push(JSON.stringify({ level, message, ...fields }));
    if (this.log.length > KEPT_LINES) this.log.shift();
  }
}

function tear(file: string, keep: number): void {
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r+');
  ftruncateSync(handle, Math.floor(statSync(file).size * keep));
  closeSync(handle);
}

import type { DoctorReport } from '../../../contract/doctor.ts';
import type { DeskNotice, Moment } from '../../../contract/ipc.ts';
import type { Push, TimePort } from '../desk.ts';
import { RendererQueue } from './renderer-queue.ts';
import type { RelaySource } from './renderer-queue.ts';

/** What is kept of the digest for a renderer that attaches only after the desk has caught up. */
const KEPT_MOMENTS = 500;

/** Tells every attached renderer what changed, each at its own pace. */
export class Relay {
  readonly #source: RelaySource;
  readonly #time: TimePort;
  readonly #renderers = new Set<RendererQueue>();
  #keptMoments: Moment[] = [];
  #keptNotices: DeskNotice[] = [];

  constructor(source: RelaySource, time: TimePort) {
    this.#source = source;
    this.#time = time;
  }

  attach(send: (push: Push) => void): () => void {
    const renderer = new RendererQueue((push) => deliver(push), this.#source, this.#time);
    const detach = (): void => {
      this.#renderers.delete(renderer);
      renderer.close();
    };
    const deliver = (push: Push): void => {
      try {
        send(push);
      } catch {
        // A window that is gone must not take the desk with it: it is told nothing more.
        detach();
      }
    };
    this.#renderers.add(renderer);
    renderer.begin();
    renderer.moments(this.#keptMoments);
    for (const notice of this.#keptNotices) renderer.notice(notice);
    this.#keptMoments = [];
    this.#keptNotices = [];
    return detach;
  }

  changed(store: string, orders: Iterable<string>, removed: readonly string[]): void {
    const ids = [...orders];
    if (ids.length + removed.length === 0) return;
    for (const renderer of this.#renderers) renderer.changed(store, ids, removed);
  }

  /** @param payments null where some were let go of, so that all are told anew */
  unmatched(store: string, payments: readonly string[] | null): void {
    for (const renderer of this.#renderers) renderer.unmatched(store, payments);
  }

  replaced(store: string): void {
    for (const renderer of this.#renderers) renderer.replaced(store);
  }

  moments(moments: readonly Moment[]): void {
    for (const renderer of this.#renderers) renderer.moments(moments);
    if (this.#renderers.size > 0) return;
    this.#keptMoments = [...this.#keptMoments, ...moments.filter(({ missed }) => missed)].slice(-KEPT_MOMENTS);
  }

  notice(notice: DeskNotice): void {
    for (const renderer of this.#renderers) renderer.notice(notice);
    if (this.#renderers.size === 0) this.#keptNotices = [...this.#keptNotices, notice].slice(-10);
  }

  /** The doctor's report as far as it has come. */
  doctor(report: DoctorReport): void {
    for (const renderer of this.#renderers) renderer.doctor(report);
  }

  /** @param urgent true when the connection's state changed, which no screen may learn late */
  state(urgent: boolean): void {
    for (const renderer of this.#renderers) renderer.state(urgent);
  }

  close(): void {
    for (const renderer of this.#renderers) renderer.close();
    this.#renderers.clear();
  }
}

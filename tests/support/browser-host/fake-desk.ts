import { DeskError } from '../../../main/desk/desk.ts';
import type { GatewayChoice, ProfileDesk } from '../../../main/profile/gateways/profile-desk.ts';
import type { Desk, Push } from '../../../main/desk/desk.ts';
import type { DeskState } from '../../../contract/ipc.ts';
import { deskState } from './desk-state.ts';

/** A desk that answers from memory and counts what is asked of it. */
export class FakeDesk implements ProfileDesk {
  state: DeskState = deskState();
  readonly attached = new Set<(push: Push) => void>();
  readonly asked: { name: string; input: unknown }[] = [];
  attachments = 0;
  starts = 0;
  closes = 0;
  /** Thrown by the next requests of this name. */
  readonly failures = new Map<string, Error>();

  readonly gateways: GatewayChoice = {
    list: async () => [],
    add: async (input) => {
      this.asked.push({ name: 'gateways.add', input });
      return '2';
    },
    switchTo: async (id) => void this.asked.push({ name: 'gateways.switch', input: { id } }),
    forget: async (id) => void this.asked.push({ name: 'gateways.forget', input: { id } }),
  };

  async start(): Promise<void> {
    this.starts += 1;
  }

  readonly handle: Desk['handle'] = async (name, input) => {
    this.asked.push({ name, input });
    const failure = this.failures.get(name);
    if (failure) throw failure;
    const answers: Record<string, unknown> = {
      'connection.retry': {},
      'pairing.forget': {},
      'pairing.pair': { deskId: 'desk-1' },
      'pairing.preview': { gateway: 'http://127.0.0.1:1', host: '127.0.0.1:1', code: 'CODE' },
    };
    const answer = answers[name];
    if (answer === undefined) throw new DeskError('unknown-order', 'There is no such order.');
    return answer as never;
  };

  attach(send: (push: Push) => void): () => void {
    this.attachments += 1;
    this.attached.add(send);
    send({ name: 'desk.state', payload: this.state });
    return () => void this.attached.delete(send);
  }

  push(push: Push): void {
    for (const send of [...this.attached]) send(push);
  }

  signal(): void {
    // Hints change nothing here.
  }

  async close(): Promise<void> {
    this.closes += 1;
  }
}

import { z } from 'zod';

/** The process that started this host, as far as the demo is concerned. */
export interface ParentProcess {
  send(message: object): void;
  onMessage(listener: (message: unknown) => void): () => void;
  onDisconnect(listener: () => void): () => void;
}

export interface DemoOffer {
  readonly gateway: string;
  readonly code: string;
}

export interface DemoChannel {
  /** Asks for the demo to run and for a pairing code of its gateway. @throws with a message a person can act on */
  start(): Promise<DemoOffer>;
  close(): Promise<void> | void;
}

const answerSchema = z.union([
  z.object({ answer: z.int(), gateway: z.string(), code: z.string() }),
  z.object({ answer: z.int(), error: z.string() }),
]);

interface Waiting {
  readonly resolve: (offer: DemoOffer) => void;
  readonly reject: (error: Error) => void;
}

/** Asks `{ask: 'demo', id}` and takes `{answer: id, gateway, code}` or `{answer: id, error}`. */
export function openDemoChannel(parent: ParentProcess): DemoChannel {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const offMessage = parent.onMessage((message) => {
    const answer = answerSchema.safeParse(message).data;
    const asked = answer && waiting.get(answer.answer);
    if (!answer || !asked) return;
    waiting.delete(answer.answer);
    if ('error' in answer) asked.reject(new Error(answer.error));
    else asked.resolve({ gateway: answer.gateway, code: answer.code });
  });
  const giveUp = () => {
    for (const { reject } of waiting.values()) reject(new Error('The demo is not running any more.'));
    waiting.clear();
  };
  const offDisconnect = parent.onDisconnect(giveUp);
  return {
    start: () =>
      new Promise((resolve, reject) => {
        last += 1;
        waiting.set(last, { resolve, reject });
        parent.send({ ask: 'demo', id: last });
      }),
    close() {
      offMessage();
      offDisconnect();
      giveUp();
    },
  };
}

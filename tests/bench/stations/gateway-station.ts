/** A real gateway on real files. */
import { createGateway } from '../../../gateway/app.ts';
import type { Gateway } from '../../../gateway/app.ts';
import { DIAGNOSIS_SOURCE } from '../../../gateway/diagnosis/evaluate.ts';
import type { Source } from '../../../gateway/sources/source.ts';
import { SOURCE, STORE } from '../../support/fault-bench/webhooks.ts';
import { benchGateway, pairingCode, shopKey, take } from '../bench-gateway.ts';
import type { MoreConfig } from '../bench-gateway.ts';
import { COURSE, payments } from '../payments.ts';

/** Webhooks taken at once while a log is filled. */
const AT_ONCE = 64;

export type GatewayStation = {
  /** @returns the URL it listens on */
  open(input: { readonly dataDir: string; readonly port?: number; readonly more?: MoreConfig }): Promise<string>;
  shopKey(input: null): Promise<string>;
  /** @returns how many events so far came from elsewhere than the bench's own source */
  eventsOfOthers(input: null): Promise<number>;
  pairingCode(input: null): Promise<string>;
  /** Puts payments through their course until the log has grown by `events`. @returns the log's head */
  fill(input: { readonly series: string; readonly events: number }): Promise<number>;
  head(input: null): Promise<{ epoch: string; seq: number }>;
  close(input: null): Promise<void>;
};

export function createStation(): GatewayStation {
  let held: { gateway: Gateway; source: Source } | null = null;
  let ofOthers = 0;
  const opened = (): { gateway: Gateway; source: Source } => {
    if (!held) throw new Error('the gateway is not open');
    return held;
  };
  return {
    open: async ({ dataDir, port = 0, more = null }) => {
      const options = benchGateway(dataDir, more);
      const gateway = await createGateway(options);
      const [source] = options.sources;
      if (!source) throw new Error('no source is configured');
      held = { gateway, source };
      gateway.storage.ledger.onAppended((_store, events) => {
        ofOthers += events.filter(({ source }) => source !== SOURCE && source !== DIAGNOSIS_SOURCE).length;
      });
      return gateway.listen({ port, host: '127.0.0.1' });
    },
    shopKey: () => shopKey(opened().gateway.storage),
    eventsOfOthers: async () => ofOthers,
    pairingCode: () => pairingCode(opened().gateway.storage),
    fill: ({ series, events }) => fill(opened().gateway, opened().source, series, events),
    head: async () => opened().gateway.storage.log.head(STORE),
    close: () => opened().gateway.close(),
  };
}

async function fill({ storage }: Gateway, source: Source, series: string, events: number): Promise<number> {
  const goal = storage.log.head(STORE).seq + events;
  for (let block = 0; storage.log.head(STORE).seq < goal; block += 1) {
    const some = payments(`${series}-${block}`, AT_ONCE, Date.now());
    for (const step of COURSE) {
      if (storage.log.head(STORE).seq >= goal) break;
      await Promise.all(some.map((payment) => take(storage, source, payment, step)));
    }
  }
  return storage.log.head(STORE).seq;
}

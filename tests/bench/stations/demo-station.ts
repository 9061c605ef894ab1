/** The pretend shop with all its processors and chains, busy. */
import { openDemo } from '../../../demo/demo.ts';
import type { Demo } from '../../../demo/demo.ts';
import type { GatewayAccess } from '../../../demo/shop/till.ts';
import { systemTimers } from '../../../demo/clock/timers.ts';
import { STORE } from '../../support/fault-bench/webhooks.ts';
import type { MoreConfig } from '../bench-gateway.ts';

const SECRETS = { TILLWATCH_DEMO_WEBHOOK_SECRET: 'whsec_demo', TILLWATCH_DEMO_API_KEY: 'sk_demo' };
/** Ten times what the demo sells by itself. */
const SALES_A_MINUTE = 100;

export type DemoStation = {
  /** @returns what a gateway has to be configured with to take all of it */
  open(input: null): Promise<MoreConfig>;
  /** Sells by this gateway from now on. */
  sell(input: GatewayAccess): Promise<void>;
};

export function createStation(): DemoStation {
  let demo: Demo | null = null;
  return {
    open: async () => {
      demo = await openDemo({
        options: {
          ...{ store: STORE, source: 'crypto-com', rate: SALES_A_MINUTE, seed: 'bench', scenario: null, once: null },
          ...{ portProcessor: 0, portChain: 0, blockMs: 4_000, data: null },
        },
        webhookSecret: SECRETS.TILLWATCH_DEMO_WEBHOOK_SECRET,
        apiKey: SECRETS.TILLWATCH_DEMO_API_KEY,
        timeZone: 'UTC',
        timers: systemTimers,
        fetch,
        say: () => undefined,
      });
      return { yaml: demo.config, secrets: SECRETS };
    },
    sell: async (gateway) => {
      if (!demo) throw new Error('the demo is not open');
      demo.introduce(gateway);
      void demo.play();
    },
  };
}

import { rmSync } from 'node:fs';
import type { Random } from '../../../../demo/clock/random.ts';
import { claims } from '../claims.ts';
import { nothing } from '../fault.ts';
import type { Drawn, Fault } from '../fault.ts';
import { STORE } from '../webhooks.ts';

const HOUR_MS = 3_600_000;
/** How long a desk without a journal may take to be current, bench time. */
const FRESH_MOST_MS = 5_000;

/** A careless operator puts older files in the place of the newer ones; the epoch stays. */
function takenBack(random: Random): Drawn {
  const grows = random.chance(0.5);
  return {
    detail: grows
      ? 'older files, and the log grows past a desk fresh from a picture'
      : 'older files under the same epoch',
    begin: ({ clock, desk, gateway, history, model, proxy, truthful }) => {
      const files = gateway.keepFiles();
      return async () => {
        if (grows) {
          await desk.restart(() => rmSync(desk.journalFile, { force: true }));
          history.add({ type: 'journal-lost' });
          await clock.until(truthful, FRESH_MOST_MS);
        }
        const { seq } = model;
        proxy.reset();
        gateway.goBackTo(files);
        await gateway.open('taken-back', async ({ storage: { ledger, log } }) => {
          const missing = seq - log.head(STORE).seq + 1;
          if (grows) await ledger.append(STORE, claims([...model.bodies.keys()], missing));
        });
      };
    },
  };
}

/** Somebody restores a backup, after desks have seen more than is in it. */
function restored(random: Random): Drawn {
  const beside = random.chance(0.5);
  return {
    detail: beside ? 'restored beside the running gateway' : 'restored while it was down',
    begin: async ({ gateway, proxy }) => {
      await gateway.backup();
      return async () => {
        if (beside) {
          await gateway.restore();
          return;
        }
        proxy.reset();
        gateway.kill();
        await gateway.restore();
        await gateway.open('restored');
      };
    },
  };
}

/** A gateway that goes away, comes back as another, or does not know the time. */
export const gatewayFaults: readonly Fault[] = [
  {
    number: 16,
    title: 'gateway restart, same epoch',
    needs: ['gateway'],
    draw: (random) => {
      const killed = random.chance(0.5);
      return {
        detail: killed ? 'killed' : 'stopped with a drain notice',
        begin: async ({ gateway, proxy }) => {
          if (killed) {
            proxy.reset();
            gateway.kill();
          } else await gateway.stop();
          return () => gateway.open();
        },
      };
    },
  },
  { number: 17, title: 'new epoch', needs: ['gateway'], draw: restored },
  // The same, but the gateway has the processor's interface, and fetches from it what the backup lacks.
  { number: 47, title: 'a restored backup', needs: ['gateway', 'processor'], draw: restored },
  { number: 18, title: 'desk ahead of gateway', needs: ['gateway', 'journal'], draw: takenBack },
  {
    number: 34,
    title: 'gateway clock jump',
    needs: ['gateway-clock'],
    draw: (random) => {
      const by = random.pick([-HOUR_MS, HOUR_MS, -90_000, 90_000]);
      const back = random.chance(0.5);
      return {
        detail: `${by / 60_000} min${back ? ', and back' : ''}`,
        begin: ({ gateway }) => {
          gateway.setClock(by);
          return back ? () => gateway.setClock(-by) : nothing;
        },
      };
    },
  },
];

import { nothing } from '../fault.ts';
import type { Fault } from '../fault.ts';

const HOUR_MS = 3_600_000;

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
  {
    number: 17,
    title: 'new epoch',
    needs: ['gateway'],
    draw: (random) => {
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
    },
  },
  {
    number: 18,
    title: 'desk ahead of gateway',
    needs: ['gateway'],
    draw: () => ({
      detail: 'older files under the same epoch',
      begin: ({ gateway, proxy }) => {
        const files = gateway.keepFiles();
        return async () => {
          proxy.reset();
          gateway.goBackTo(files);
          await gateway.open('taken-back');
        };
      },
    }),
  },
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

import type { Random } from '../../../../demo/clock/random.ts';
import { nothing } from '../fault.ts';
import type { Drawn, Fault } from '../fault.ts';
import type { SecureWay } from '../secure-way.ts';
import type { Stage } from '../stage.ts';

function secureOf({ secure }: Stage): SecureWay {
  if (!secure) throw new Error('this fault needs a way through a proxy');
  return secure;
}

const proxyTroubles = ['wants a name first (407)', 'does not know the way (502)', 'another one from now on'] as const;

function proxyFails(random: Random): Drawn {
  const detail = random.pick(proxyTroubles);
  return {
    detail,
    begin: async (stage) => {
      const secure = secureOf(stage);
      if (detail === 'another one from now on') {
        await secure.moveProxy();
        return nothing;
      }
      const proxy = secure.proxy();
      if (detail === 'wants a name first (407)') proxy.wantsName = true;
      else secure.name({ fails: 'ENOTFOUND' });
      stage.proxy.reset();
      return () => {
        proxy.wantsName = false;
        secure.name(null);
      };
    },
  };
}

function certificateFails(random: Random): Drawn {
  const stranger = random.chance(0.5);
  return {
    detail: stranger ? 'of an authority nobody named' : 'for another name',
    begin: (stage) => {
      const secure = secureOf(stage);
      if (stranger) secure.trust('nobody');
      else secure.certify('somebody-else');
      stage.history.add({ type: 'distrusted' });
      stage.proxy.reset();
      return () => {
        secure.trust('ours');
        secure.certify('gateway');
        stage.history.add({ type: 'trusted' });
      };
    },
  };
}

/** Beyond the catalogue: the system's proxy and authorities [CN12]. */
export const secureFaults: readonly Fault[] = [
  { number: 44, title: 'system proxy', needs: ['way', 'name', 'secure'], draw: proxyFails },
  { number: 45, title: 'certificate', needs: ['way', 'secure'], draw: certificateFails },
];

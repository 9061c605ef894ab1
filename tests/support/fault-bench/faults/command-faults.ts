import type { CommandFate } from '../../fault-proxy/message-tap.ts';
import type { Fault } from '../fault.ts';

const fates: Readonly<Record<string, CommandFate>> = {
  'lost on its way': 'lose',
  'its answer lost': 'lose-answer',
  'arrives twice': 'twice',
};

/** Beyond the catalogue: what can become of a command between desk and gateway. */
export const commandFaults: readonly Fault[] = [
  {
    number: 42,
    title: 'command lost, unanswered or twice',
    needs: ['commands'],
    draw: (random) => {
      const detail = random.pick(Object.keys(fates));
      const fate = fates[detail] ?? 'pass';
      return {
        detail: `${detail}, half of them`,
        begin: ({ interposer: { meddling } }) => {
          meddling.commands = () => (random.chance(0.5) ? fate : 'pass');
          return () => void (meddling.commands = () => 'pass');
        },
      };
    },
  },
];

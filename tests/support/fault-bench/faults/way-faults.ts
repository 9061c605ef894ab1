import { nothing, scaled } from '../fault.ts';
import type { Fault, Lift } from '../fault.ts';
import type { Stage } from '../stage.ts';
import type { Weather } from '../../fault-proxy/weather.ts';

/** Changes the weather on the way. @returns takes it back */
function weather(stage: Stage, changes: Partial<Weather>): Lift {
  const { weather: now } = stage.proxy;
  const before = { ...now };
  Object.assign(now, changes);
  return () => void Object.assign(now, before);
}

/** A network that fails below HTTP. */
export const wayFaults: readonly Fault[] = [
  {
    number: 1,
    title: 'half-open TCP',
    needs: ['way'],
    draw: () => ({
      detail: 'the gateway’s side is gone, nobody tells the desk',
      begin: ({ proxy }) => {
        proxy.halfOpen();
        return nothing;
      },
    }),
  },
  {
    number: 2,
    title: 'connection reset',
    needs: ['way'],
    draw: (random) => {
      const again = random.chance(0.5);
      return {
        detail: again ? 'twice' : 'once',
        begin: ({ proxy }) => {
          proxy.reset();
          return () => (again ? proxy.reset() : undefined);
        },
      };
    },
  },
  {
    number: 3,
    title: 'black hole',
    needs: ['way'],
    draw: () => ({ detail: 'no byte either way', begin: (stage) => weather(stage, { blackHole: true }) }),
  },
  {
    number: 4,
    title: 'latency 2 s ± 1 s',
    needs: ['way'],
    draw: () => ({
      detail: 'each way',
      begin: (stage) => weather(stage, { latencyMs: [scaled(stage, 500), scaled(stage, 1_500)] }),
    }),
  },
  {
    number: 5,
    title: 'bandwidth 5 KB/s',
    needs: ['way'],
    draw: () => ({
      detail: 'each way and connection',
      begin: (stage) => weather(stage, { bytesPerSecond: 5_000 / stage.scale }),
    }),
  },
  {
    number: 6,
    title: 'bytes sliced 1–5',
    needs: ['way'],
    draw: () => ({ detail: 'each piece written alone', begin: (stage) => weather(stage, { sliceBytes: [1, 5] }) }),
  },
  {
    number: 7,
    title: 'cut in mid-frame',
    needs: ['way'],
    draw: () => ({
      detail: 'half of the next bytes, then reset',
      begin: ({ proxy }) => {
        proxy.cutInMidFrame();
        return nothing;
      },
    }),
  },
  {
    number: 8,
    title: 'slow close',
    needs: ['way'],
    draw: (random) => {
      const ms = random.between(2_000, 20_000);
      return {
        detail: `one side learns of the other’s end ${Math.round(ms / 1000)} s late`,
        begin: (stage) => {
          const lift = weather(stage, { closeDelayMs: scaled(stage, ms) });
          stage.proxy.cutInMidFrame();
          return lift;
        },
      };
    },
  },
  {
    number: 9,
    title: 'buffering proxy',
    needs: ['way'],
    draw: (random) => {
      const hold = { bytes: 1024 * random.between(1, 16), ms: random.between(500, 10_000) };
      return {
        detail: `${hold.bytes / 1024} KiB or ${(hold.ms / 1000).toFixed(1)} s`,
        begin: (stage) => weather(stage, { hold: { bytes: hold.bytes, ms: scaled(stage, hold.ms) } }),
      };
    },
  },
];

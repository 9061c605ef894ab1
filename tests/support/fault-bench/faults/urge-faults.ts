import type { Random } from '../../../../demo/clock/random.ts';
import { nothing, scaled } from '../fault.ts';
import type { Drawn, Fault, Lift } from '../fault.ts';
import { portalAnswer, proxyAnswer } from '../../fault-proxy/http-answers.ts';

/** Every so often, real milliseconds, and how long at most. */
const PRESSED_EVERY_MS = 400;
/** Slower than a person presses, so that a look-up may answer after a later one has. */
const LOOK_UP_MOST_MS = 4_000;

const hints = ['retry', 'retry', 'retry', 'resume', 'offline', 'online'] as const;

/** Somebody presses "Try now" over and over, the network comes and goes, and the system is slow to name its proxy. */
function impatient(random: Random): Drawn {
  return {
    detail: '“Try now” over and over, and a slow look-up of the proxy',
    begin: (stage) => {
      stage.secure?.delay(() => scaled(stage, LOOK_UP_MOST_MS * random.next()));
      stage.proxy.reset();
      const end = repeat(scaled(stage, PRESSED_EVERY_MS), () => {
        const hint = random.pick(hints);
        if (hint === 'retry') stage.desk.retry();
        else stage.desk.signal(hint);
      });
      return () => {
        end();
        stage.secure?.delay(() => 0);
        // The host's last word is that there is a network.
        stage.desk.signal('online');
      };
    },
  };
}

function repeat(everyMs: number, run: () => void): () => void {
  const timer = setInterval(run, everyMs);
  return () => clearInterval(timer);
}

const troubles = {
  'nothing in its way': null,
  'the new socket refused': proxyAnswer(503),
  'a portal before the new socket': portalAnswer(),
} as const;

/** An hour passes: the connection is replaced while it lives. */
function hourPasses(random: Random): Drawn {
  const detail = random.pick(['nothing in its way', ...(Object.keys(troubles) as (keyof typeof troubles)[])] as const);
  return {
    detail,
    begin: (stage): Lift => {
      const { meddling } = stage.interposer;
      const answer = troubles[detail];
      if (answer) meddling.answer = (path) => (path.startsWith('/socket.io/') ? answer : null);
      stage.history.add({ type: 'hour', smooth: answer === null });
      stage.time.hasten();
      if (answer === null) return nothing;
      return () => {
        meddling.answer = () => null;
        stage.time.hasten();
      };
    },
  };
}

/** Hours pass, and in one of them nothing new gets through until the day is over. */
function dayPasses(random: Random): Drawn {
  const detail = random.pick([
    'every replacement refused',
    'a portal before every replacement',
    'nothing in its way',
  ] as const);
  return {
    detail,
    begin: ({ interposer: { meddling } }): Lift => {
      if (detail === 'nothing in its way') return nothing;
      const answer = detail === 'every replacement refused' ? proxyAnswer(503) : portalAnswer();
      // What lives goes on living: only who opens a new session is kept out.
      meddling.answer = (path) => (path.startsWith('/socket.io/') && !path.includes('sid=') ? answer : null);
      return () => void (meddling.answer = () => null);
    },
  };
}

/** Beyond the catalogue: what makes a desk connect anew although nothing is wrong [CN3, CN6, CN8]. */
export const urgeFaults: readonly Fault[] = [
  { number: 43, title: 'an hour passes', needs: ['http', 'hour'], draw: hourPasses },
  { number: 48, title: 'a day passes', needs: ['way', 'http', 'hour', 'day', 'desk-clock'], draw: dayPasses },
  { number: 46, title: 'an impatient person', needs: ['way', 'secure'], draw: impatient },
];

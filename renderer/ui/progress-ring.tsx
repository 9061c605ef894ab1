import { classNames } from './class-names.ts';
import styles from './progress-ring.module.css';
import tones from './tone.module.css';
import type { Tone } from './tone.ts';

const RADIUS = 7;
const AROUND = 2 * Math.PI * RADIUS;

export type RingShape = 'ring' | 'dashed' | 'check' | 'cross' | 'back';

const paths: Readonly<Record<Exclude<RingShape, 'ring' | 'dashed'>, string>> = {
  check: 'M6.5 10.2 9 12.7l4.6-5',
  cross: 'M7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2',
  back: 'M12.8 12.6v-1.4a2.4 2.4 0 0 0-2.4-2.4H7.4M9.2 6.9 7.3 8.8l1.9 1.9',
};

/**
 * A ring filled by `share` (0 to 1), or closed around a shape once there is nothing to count. Decoration: the words
 * beside it say the same.
 */
export function ProgressRing({ share, tone, shape }: { share: number; tone: Tone; shape: RingShape }) {
  const counted = shape === 'ring' || shape === 'dashed';
  return (
    <svg className={classNames(styles.ring, tones[tone])} viewBox="0 0 20 20" aria-hidden="true">
      <circle className={styles.track} cx="10" cy="10" r={RADIUS} />
      {counted ? (
        <circle
          className={classNames(styles.arc, shape === 'dashed' && styles.dashed)}
          cx="10"
          cy="10"
          r={RADIUS}
          strokeDasharray={shape === 'dashed' ? '2.2 2.2' : `${(AROUND * share).toFixed(2)} ${AROUND.toFixed(2)}`}
          transform="rotate(-90 10 10)"
        />
      ) : (
        <path className={styles.shape} d={paths[shape]} />
      )}
    </svg>
  );
}

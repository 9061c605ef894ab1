import type { ConnectionSegment } from '../../../../contract/history.ts';
import { useStrings } from '../../../strings/strings-context.tsx';
import { standingOf } from './connection-quality.ts';
import styles from './connection-strip.module.css';

export const stripLooks = ['current', 'slower', 'not-current', 'away'] as const;
export type StripLook = (typeof stripLooks)[number];

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly look: StripLook;
}

function lookOf({ state }: ConnectionSegment): StripLook {
  return state === 'fallback' ? 'slower' : standingOf(state);
}

/** Neighbours that look the same are one piece. */
export function piecesOf(segments: readonly ConnectionSegment[]): Piece[] {
  const pieces: Piece[] = [];
  for (const segment of segments) {
    const last = pieces.at(-1);
    const look = lookOf(segment);
    if (last?.look === look) pieces[pieces.length - 1] = { ...last, to: segment.to };
    else pieces.push({ from: segment.from, to: segment.to, look });
  }
  return pieces;
}

/** How the connection was, along a line of time; each look has a pattern of its own, and a word below. */
export function ConnectionStrip({ segments, summary }: { segments: readonly ConnectionSegment[]; summary: string }) {
  const { t, format } = useStrings();
  const pieces = piecesOf(segments);
  const from = pieces[0]?.from ?? 0;
  return (
    <>
      <div className={styles.strip} role="img" aria-label={t('history.strip', { from: format.full(from), summary })}>
        {pieces.map((piece) => (
          <span
            key={piece.from}
            className={styles.piece}
            data-look={piece.look}
            style={{ flexGrow: piece.to - piece.from }}
            title={`${t(`history.${piece.look}`)}: ${format.full(piece.from)} – ${format.time(piece.to)}`}
          />
        ))}
      </div>
      <div className={styles.ends} aria-hidden="true">
        <span>{format.full(from)}</span>
        <span>{t('history.now')}</span>
      </div>
      <ul className={styles.legend} aria-hidden="true">
        {stripLooks.map((look) => (
          <li key={look}>
            <span className={styles.piece} data-look={look} />
            {t(`history.${look}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

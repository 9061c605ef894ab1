import { useTick } from '../store/app-context.tsx';
import { useStrings } from '../strings/strings-context.tsx';

/** A moment as people say it, with the exact time on hover. `at` is gateway time in epoch milliseconds. */
export function Ago({ at }: { at: number }) {
  const { format } = useStrings();
  const text = useTick(({ now }) => format.relative(Math.min(at, now), now));
  return (
    <time dateTime={new Date(at).toISOString()} title={format.full(at)}>
      {text}
    </time>
  );
}

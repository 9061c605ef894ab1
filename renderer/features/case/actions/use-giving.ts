import { useState } from 'react';

export interface Giving {
  readonly busy: boolean;
  /** Why it was not taken; null while nothing is known to be wrong. */
  readonly fault: string | null;
  /** Gives, then closes; what was typed stays where it was not taken. */
  readonly run: (give: () => Promise<string | null>) => void;
}

/** For a dialog whose answer is a command. */
export function useGiving(onClose: () => void): Giving {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const run = async (give: () => Promise<string | null>): Promise<void> => {
    setBusy(true);
    setFault(null);
    const why = await give();
    setBusy(false);
    if (why === null) onClose();
    else setFault(why);
  };
  return { busy, fault, run: (give) => void run(give) };
}

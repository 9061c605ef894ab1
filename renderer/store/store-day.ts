/** The calendar day of a store, which its time zone decides and not the device's. */

/** `2026-11-21`; an unknown time zone counts as UTC. */
export function createStoreDay(): (at: number, timeZone: string) => string {
  const formats = new Map<string, Intl.DateTimeFormat>();

  function formatOf(timeZone: string): Intl.DateTimeFormat {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    try {
      return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone });
    } catch {
      return new Intl.DateTimeFormat('en-CA', { ...parts, timeZone: 'UTC' });
    }
  }

  return (at, timeZone) => {
    const format = formats.get(timeZone) ?? formatOf(timeZone);
    formats.set(timeZone, format);
    return format.format(at);
  };
}

export type StoreDay = ReturnType<typeof createStoreDay>;

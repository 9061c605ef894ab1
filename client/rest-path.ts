import { nameSchema } from '../contract/order.ts';

export function storePath(store: string): string {
  return `/v1/stores/${encodeURIComponent(nameSchema.parse(store))}`;
}

/** What is undefined is left out. */
export function query(parameters: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(parameters).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}

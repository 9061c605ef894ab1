/** Maps so many at once, in order. */
export async function inBatches<T, R>(
  items: readonly T[],
  atOnce: number,
  map: (item: T) => R | Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(map))));
  }
  return results;
}

/**
 * Values as structured clone carries them, as text: a binding of the browser carries JSON only, which would turn a Map
 * into {} and lose undefined. Self-contained, because its source is also run in the page.
 */
export function createWireCodec() {
  type Tagged = [tag: string, value?: unknown];
  function tagged(value: unknown): Tagged {
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', value.toString()];
    if (typeof value === 'number' && !Number.isFinite(value)) return ['number', String(value)];
    if (value instanceof Date) return ['date', value.getTime()];
    if (value instanceof Map) return ['map', [...value].map(([k, v]) => [tagged(k), tagged(v)])];
    if (value instanceof Set) return ['set', [...value].map(tagged)];
    if (value instanceof Uint8Array) return ['bytes', [...value]];
    if (Array.isArray(value)) return ['array', value.map(tagged)];
    if (typeof value === 'object' && value !== null) {
      return ['object', Object.entries(value).map(([k, v]) => [k, tagged(v)])];
    }
    return ['plain', value];
  }
  function untagged([tag, value]: Tagged): unknown {
    const list = value as Tagged[];
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(value as string);
      case 'number':
        return Number(value);
      case 'date':
        return new Date(value as number);
      case 'map':
        return new Map((value as [Tagged, Tagged][]).map(([k, v]) => [untagged(k), untagged(v)]));
      case 'set':
        return new Set(list.map(untagged));
      case 'bytes':
        return new Uint8Array(value as number[]);
      case 'array':
        return list.map(untagged);
      case 'object':
        return Object.fromEntries((value as [string, Tagged][]).map(([k, v]) => [k, untagged(v)]));
      default:
        return value;
    }
  }
  return {
    /** @throws DataCloneError as Electron does for what cannot be cloned */
    encode: (value: unknown): string => JSON.stringify(tagged(structuredClone(value))),
    decode: (text: string): unknown => untagged(JSON.parse(text) as Tagged),
  };
}

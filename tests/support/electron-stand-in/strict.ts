/** Names that the language itself looks up on any object. */
const harmless = new Set<PropertyKey>(['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType']);

/**
 * Lets through what is imitated and throws on anything else, naming it: code under test can then not rely on an
 * undefined that real Electron would not give.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(of, property) {
      if (typeof property !== 'symbol' && !harmless.has(property) && !(property in of)) {
        throw new Error(`Electron's ${name}.${property} is not imitated`);
      }
      const value: unknown = Reflect.get(of, property, of);
      return typeof value === 'function' && property !== 'constructor' ? (value.bind(of) as unknown) : value;
    },
    set(of, property, value) {
      if (!(property in of)) throw new Error(`Electron's ${name}.${String(property)} is not imitated`);
      return Reflect.set(of, property, value, of);
    },
  });
}

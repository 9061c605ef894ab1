import { FuseState, FuseV1Options, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import type { FuseV1Config } from '@electron/fuses';

/**
 * What is burnt into the binary, by name. See the page "Electron Fuses" of Electron's documentation. Off: being a plain
 * Node, and being debugged or extended by whoever can set its environment or arguments. On: cookies are encrypted, and
 * only the archive whose hash the binary knows is loaded (enforced on Windows and macOS; Linux has no such check).
 */
export const wantedFuses: Readonly<Record<string, boolean>> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  // A fault in WebAssembly stays a trap that its page can catch; newer binaries only.
  WasmTrapHandlers: true,
};

/** Fuses that a binary may lack, because older ones do. */
const mayLack: readonly string[] = ['WasmTrapHandlers'];

export interface FuseReading {
  /** The state of every fuse of the binary, by name; an unknown one is named by its number. */
  readonly states: Readonly<Record<string, 'on' | 'off' | 'removed'>>;
  readonly faults: readonly string[];
}

function nameOf(index: number): string {
  return FuseV1Options[index] ?? `fuse ${index}`;
}

const words: Readonly<Record<number, 'on' | 'off' | 'removed'>> = {
  [FuseState.ENABLE]: 'on',
  [FuseState.DISABLE]: 'off',
  [FuseState.REMOVED]: 'removed',
};

/** Reads a binary's fuses and compares them with those wanted. @throws when it has none */
export async function readFuses(binary: string): Promise<FuseReading> {
  const wire = await getCurrentFuseWire(binary);
  const states = Object.fromEntries(
    Object.entries(wire)
      .filter(([key]) => /^\d+$/.test(key))
      .map(([key, state]) => [nameOf(Number(key)), words[Number(state)] ?? 'removed'] as const),
  );
  const wrong = Object.entries(states).flatMap(([name, state]) => {
    const wanted = wantedFuses[name];
    if (wanted === undefined) return [`nobody has decided about ${name}: add it to packaging/fuses.ts`];
    const right = wanted ? state === 'on' : state !== 'on';
    return right ? [] : [`${name} is ${state}`];
  });
  const lacking = Object.keys(wantedFuses).filter((name) => !(name in states) && !mayLack.includes(name));
  return { states, faults: [...wrong, ...lacking.map((name) => `${name} is not in this binary`)] };
}

/**
 * Burns the fuses into a binary and reads them back. A fuse that nobody has decided about stops the build, so that an
 * update of Electron brings no surprise.
 * @param binary the executable, or the `.app` folder @param resign macOS on arm64 starts no binary whose ad-hoc
 *   signature is broken
 */
export async function burnFuses(binary: string, resign: boolean): Promise<void> {
  const { states } = await readFuses(binary);
  const config: FuseV1Config = { version: FuseVersion.V1, resetAdHocDarwinSignature: resign };
  for (const [key, name] of Object.entries(FuseV1Options)) {
    const wanted = typeof name === 'string' && name in states ? wantedFuses[name] : undefined;
    if (wanted !== undefined) Object.assign(config, { [key]: wanted });
  }
  await flipFuses(binary, config);
  const { faults } = await readFuses(binary);
  if (faults.length > 0) throw new Error(`The fuses of ${binary} are not as they should be: ${faults.join('; ')}.`);
}

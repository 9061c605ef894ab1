import type { Ground, Probe } from './probe.ts';
import { binaryProbes } from './probes/binary-probes.ts';
import { guardProbes } from './probes/guard-probes.ts';
import { pageProbes } from './probes/page-probes.ts';
import { senderProbes } from './probes/sender-probes.ts';
import { worldProbes } from './probes/world-probes.ts';
import { windowProbes } from './probes/window-probes.ts';

/** Electron's security checklist, each of its 20 items at least once. */
export const securityProbes: readonly Probe[] = [
  ...windowProbes,
  ...worldProbes,
  ...pageProbes,
  ...guardProbes,
  ...senderProbes,
  ...binaryProbes,
].sort((a, b) => a.item - b.item);

export interface SecurityReport {
  /** `item: what is wrong`, empty when nothing is. */
  readonly broken: readonly { readonly item: number; readonly why: string }[];
  /** What could not be looked at, and why. */
  readonly notMeasured: readonly string[];
}

/** Looks at every item, one after the other: some change what another looks at. */
export async function probeSecurity(ground: Ground): Promise<SecurityReport> {
  const broken: { item: number; why: string }[] = [];
  const notMeasured: string[] = [];
  for (const { item, title, look } of securityProbes) {
    const found = await look(ground);
    if ('notMeasured' in found) notMeasured.push(`not measured: ${found.notMeasured}: ${item}. ${title}`);
    else broken.push(...found.map((why) => ({ item, why })));
  }
  return { broken, notMeasured };
}

import { parseArgs } from 'node:util';
import type { StartPairing } from '../profile/pair-at-start.ts';

export interface ElectronArguments extends StartPairing {
  /** The profile's folder; null for the system's place for it. */
  readonly data: string | null;
  /** True when whoever started this host offers a demo over the process channel. */
  readonly demo: boolean;
}

const options = {
  data: { type: 'string' },
  gateway: { type: 'string' },
  pair: { type: 'string' },
  name: { type: 'string' },
  demo: { type: 'boolean' },
  'demo-replaces': { type: 'string' },
} as const;

/** An empty value is none; a later one wins. */
function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

const isLink = (word: string) => /^tillwatch:/i.test(word);

/**
 * Reads the command line. A start by a link takes the link alone: whoever wrote it may have smuggled switches in beside
 * it. Electron and Chromium have switches of their own there, and systems add what they like, so
 * what is not known is not a fault.
 * @param deskName the name taken when none is given
 */
export function parseElectronArguments(argv: readonly string[], deskName: string): ElectronArguments {
  const known = argv.some(isLink) ? [] : [...argv];
  const { values } = parseArgs({ args: known, options, strict: false, allowPositionals: true });
  const gateway = text(values.gateway);
  const code = text(values.pair);
  return {
    data: text(values.data),
    name: (text(values.name) ?? deskName).slice(0, 128) || 'Desk',
    pairing: gateway === null ? null : { gateway, code },
    demo: values.demo === true,
    demoReplaces: text(values['demo-replaces']),
  };
}

/** gateway.yaml as text → configuration, or every fault with its line and field. */
import { LineCounter, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { Document } from 'yaml';
import type { z } from 'zod';
import { faultWords } from '../fault-words.ts';
import { gatewayConfigSchema } from './config-schema.ts';
import type { GatewayConfig } from './config-schema.ts';
import { crossFaults } from './cross-faults.ts';
import type { CrossFault } from './cross-faults.ts';

export interface ConfigFault {
  /** From 1. */
  readonly line: number;
  /** Path such as `sources.0.store`; empty where the text itself is no YAML. */
  readonly field: string;
  readonly message: string;
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: GatewayConfig }
  | { readonly ok: false; readonly faults: readonly ConfigFault[] };

const SEVERAL = 'a second document begins here: a configuration is one, so take the line --- out';

type Environment = Readonly<Record<string, string | undefined>>;

export function parseConfig(text: string, environment: Environment): ParsedConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const broken = document.errors.map(({ pos, code, message }) => ({
    line: lineAt(pos[0]),
    field: '',
    message: code === 'MULTIPLE_DOCS' ? SEVERAL : message,
  }));
  if (broken.length > 0) return { ok: false, faults: distinct(broken) };
  const missing = substitute(document, environment, lineAt);
  const plain = plainOf(document);
  if (typeof plain === 'string') return { ok: false, faults: [{ line: 1, field: '', message: plain }] };
  const parsed = gatewayConfigSchema.safeParse(plain.value ?? {}, { error: faultWords });
  const issues = [...(parsed.error?.issues ?? []).flatMap(toldFaults), ...crossFaults(plain.value ?? {})];
  const wrong = issues.map(({ path, message }) => {
    return { line: lineAt(offsetOf(document, path)), field: path.join('.'), message };
  });
  const unset = new Set(missing.map(({ field }) => field));
  const faults = [...missing, ...firstOfEach(wrong.filter(({ field }) => !unset.has(field)))];
  if (!parsed.success || faults.length > 0) return { ok: false, faults: faults.sort((a, b) => a.line - b.line) };
  return { ok: true, config: parsed.data };
}

/** The document's values, or why it has none: aliases that multiply without end, or name nothing. */
function plainOf(document: Document): { value: unknown } | string {
  try {
    return { value: document.toJS() as unknown };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function toldFaults(issue: z.core.$ZodIssue): CrossFault[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a setting Tillwatch knows' }));
}

/** What is open thousandfold is told once a line. */
function distinct(faults: readonly ConfigFault[]): ConfigFault[] {
  return [...new Map(faults.map((fault) => [`${fault.line} ${fault.message}`, fault])).values()];
}

/** One fault a field: what is not even the right kind of thing needs no further word. */
function firstOfEach(faults: readonly ConfigFault[]): ConfigFault[] {
  return faults.filter(({ field }, index) => faults.findIndex((other) => other.field === field) === index);
}

/** Puts environment variables in the place of `${NAME}` within values; the faults are those that can't be put there. */
function substitute(document: Document, environment: Environment, lineAt: (offset: number) => number): ConfigFault[] {
  const faults: ConfigFault[] = [];
  visit(document, {
    Scalar: (key, node, ancestors) => {
      if (key === 'key' || typeof node.value !== 'string') return;
      const written = node.value;
      const field = pathOf([...ancestors, node], key);
      const fault = (message: string) => void faults.push({ line: lineAt(node.range?.[0] ?? 0), field, message });
      if (isMiswritten(written)) fault(`${written.length > 40 ? 'a name in it' : written}: ${HOW}`);
      node.value = written.replace(VARIABLE, (whole, name: string) => {
        const value = environment[name];
        if (value === undefined) fault(`the environment variable ${name} is not set`);
        return value ?? whole;
      });
    },
  });
  return faults;
}

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const HOW = 'an environment variable is written ${NAME}, of letters, digits and _';

/** Would be taken for the secret itself, and every signature found wrong. */
function isMiswritten(text: string): boolean {
  return text.replace(VARIABLE, '').includes('${') || /^\$[A-Z_][A-Z0-9_]*$/.test(text);
}

/** Names a node by the pairs and positions above it. */
function pathOf(chain: readonly unknown[], last: unknown): string {
  const path: string[] = [];
  for (const [index, node] of chain.entries()) {
    const child = chain[index + 1];
    if (typeof node !== 'object' || node === null) continue;
    if ('key' in node && isScalar(node.key)) path.push(String(node.key.value));
    else if ('items' in node && Array.isArray(node.items) && child && !('key' in Object(child))) {
      path.push(String(node.items.indexOf(child)));
    }
  }
  return path.length > 0 ? path.join('.') : String(last);
}

/** Where a field stands, or, when it is missing, what should hold it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

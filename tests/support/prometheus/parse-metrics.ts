/**
 * Reads Prometheus' text format as a scraper does, strictly. Source: Prometheus, "Exposition formats", version 0.0.4, and
 * "Metric and label naming".
 */
export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly samples: readonly ParsedSample[];
}

const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/;
const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*/;
const TYPES: readonly string[] = ['counter', 'gauge', 'histogram', 'summary', 'untyped'];
const SUFFIXES: Readonly<Record<string, readonly string[]>> = { histogram: ['_bucket', '_sum', '_count'] };

/** @throws Error naming the line that is no line of the format, or a family that contradicts itself */
export function parseMetrics(text: string): Map<string, ParsedFamily> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end');
  const families = new Map<string, { name: string; help: string; type: string; samples: ParsedSample[] }>();
  let current: string | null = null;
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line);
    if (comment) {
      const [, kind, name = '', rest = ''] = comment;
      const family = families.get(name) ?? { name, help: '', type: '', samples: [] };
      if (family.samples.length > 0) throw new Error(`${kind} of ${name} comes behind its samples`);
      if (kind === 'TYPE' && !TYPES.includes(rest)) throw new Error(`no type: ${line}`);
      if (family[kind === 'HELP' ? 'help' : 'type'] !== '') throw new Error(`a second ${kind} of ${name}`);
      family[kind === 'HELP' ? 'help' : 'type'] = rest;
      families.set(name, family);
      current = name;
      continue;
    }
    const sample = parseSample(line);
    const family = current === null ? undefined : families.get(current);
    if (!family || !namesOf(family).includes(sample.name)) throw new Error(`outside of its family: ${line}`);
    family.samples.push(sample);
  }
  for (const family of families.values()) checkFamily(family);
  return families;
}

function namesOf({ name, type }: { name: string; type: string }): string[] {
  return (SUFFIXES[type] ?? ['']).map((suffix) => name + suffix);
}

function parseSample(line: string): ParsedSample {
  const name = NAME.exec(line)?.[0];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  let rest = line.slice(name.length);
  const labels: Record<string, string> = {};
  if (rest.startsWith('{')) {
    rest = rest.slice(1);
    while (!rest.startsWith('}')) {
      const label = LABEL.exec(rest)?.[0];
      if (label === undefined || Object.hasOwn(labels, label)) throw new Error(`no label, or twice: ${line}`);
      const quoted = /^="((?:[^"\\\n]|\\[\\"n])*)"/.exec(rest.slice(label.length));
      if (!quoted) throw new Error(`no label value: ${line}`);
      labels[label] = (quoted[1] ?? '').replaceAll(/\\(.)/g, (_, letter) => (letter === 'n' ? '\n' : String(letter)));
      rest = rest.slice(label.length + quoted[0].length).replace(/^,/, '');
    }
    rest = rest.slice(1);
  }
  const value = /^ ([+-]?Inf|NaN|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.exec(rest)?.[1];
  if (value === undefined) throw new Error(`no value: ${line}`);
  return { name, labels, value: value.endsWith('Inf') ? Number(value.replace('Inf', 'Infinity')) : Number(value) };
}

function checkFamily({ name, help, type, samples }: ParsedFamily): void {
  if (help === '' || type === '') throw new Error(`${name} says not what it is`);
  const series = samples.map((each) => JSON.stringify([each.name, Object.entries(each.labels).sort()]));
  if (new Set(series).size !== series.length) throw new Error(`${name} has a series twice`);
  if (type === 'counter' && samples.some(({ value }) => value < 0)) throw new Error(`${name} counts below nothing`);
  if (type === 'histogram') checkHistogram(name, samples);
}

/** Buckets only grow, the last holds all, and sum and count are there. */
function checkHistogram(name: string, samples: readonly ParsedSample[]): void {
  const groups = new Map<string, ParsedSample[]>();
  for (const sample of samples) {
    const { le: _, ...own } = sample.labels;
    const key = JSON.stringify(Object.entries(own).sort());
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  for (const group of groups.values()) {
    const buckets = group.filter((each) => each.name === `${name}_bucket`);
    const bounds = buckets.map(({ labels }) => Number((labels['le'] ?? 'NaN').replace('+Inf', 'Infinity')));
    const grows = (list: readonly number[], strictly: boolean): boolean =>
      list.every((each, n) => n === 0 || each > (list[n - 1] ?? 0) || (!strictly && each === list[n - 1]));
    const count = group.find((each) => each.name === `${name}_count`)?.value;
    const sum = group.find((each) => each.name === `${name}_sum`);
    const last = buckets.at(-1);
    const sound =
      grows(bounds, true) &&
      grows(
        buckets.map(({ value }) => value),
        false,
      );
    if (!sound || bounds.at(-1) !== Infinity || last?.value !== count || !sum)
      throw new Error(`${name} is no histogram`);
  }
}

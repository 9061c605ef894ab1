/** What the demo and its gateway say on their standard output, as far as whoever starts them needs it. */
import { z } from 'zod';

const factsSchema = z.object({
  /** The whole gateway.yaml that goes with this demo. */
  config: z.string(),
  /** The environment in which the gateway finds the secrets that its configuration names. */
  env: z.record(z.string(), z.string()),
});
export type DemoFacts = z.infer<typeof factsSchema>;

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** The demo's first line; null for any other. */
export function demoFactsIn(line: string): DemoFacts | null {
  return factsSchema.safeParse(parsed(line)).data ?? null;
}

/** The address in the line by which a gateway says that it listens; null for any other. */
export function listeningAt(line: string): string | null {
  return /^Tillwatch gateway listening on (http:\/\/\S+)$/.exec(line)?.[1] ?? null;
}

/** A text field of a command's --json answer; null for any other line. */
export function textIn(field: string): (line: string) => string | null {
  return (line) => z.looseObject({ [field]: z.string() }).safeParse(parsed(line)).data?.[field] ?? null;
}

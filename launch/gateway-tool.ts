import { leashed } from './workplace.ts';
import type { Workplace } from './workplace.ts';
import { runToEnd } from './run-to-end.ts';
import { StartFailure } from './start-failure.ts';

function textField(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null || !(field in value)) return null;
  const text = (value as Record<string, unknown>)[field];
  return typeof text === 'string' ? text : null;
}

/**
 * Runs one of the gateway's own commands with --json on the demo's data.
 * @returns the text field asked for @throws StartFailure with the command's own words
 */
export async function askGateway(
  place: Workplace,
  args: readonly string[],
  field: string,
  signal: AbortSignal,
): Promise<string> {
  const all = leashed(place, 'gateway/index.ts', [...args, '--data', place.demo.gateway, '--json']);
  const { code, stdout, stderr } = await runToEnd(place.node, all, place.root, signal);
  try {
    const answer = code === 0 ? textField(JSON.parse(stdout), field) : null;
    if (answer !== null) return answer;
  } catch {
    // Told below, with what it printed instead.
  }
  throw new StartFailure(
    `The gateway did not answer "${args[0] ?? ''}": ${stderr.trim() || `exit code ${code ?? '?'}`}`,
  );
}

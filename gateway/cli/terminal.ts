/** What a command may do to the outside: print, and wait for the signal to end. */
export interface Terminal {
  /** A line on stdout. */
  readonly out: (line: string) => void;
  /** A line on stderr. */
  readonly err: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Resolves when the process is asked to end. */
  readonly stopped: () => Promise<void>;
}

/** A command: arguments after its name. @returns the exit code */
export type CommandLine = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Prints an answer for people, or as one JSON object for programs. */
export function print({ out }: Terminal, json: boolean, answer: object, lines: readonly string[]): void {
  if (json) out(JSON.stringify(answer));
  else for (const line of lines) out(line);
}

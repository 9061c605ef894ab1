/** What a command may do to the outside: print, and wait for the signal to end. */
export interface Terminal {
  /** A line on stdout. */
  readonly out: (line: string) => void;
  /** A line on stderr. */
  readonly err: (line: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How this program is called, for what is said of its use; `npm run gateway --` where it is left out. */
  readonly program?: string;
  /** Resolves when the process is asked to end; from this call on it does not end by itself then. */
  readonly stopped: () => Promise<void>;
}

/** A command: arguments after its name. @returns the exit code */
export type CommandLine = (args: readonly string[], terminal: Terminal) => Promise<number>;

/**
 * One line of a list, its columns parted by tabs. A desk's name was chosen at the desk: what would steer the terminal, or
 * pass for another line or column, is shown as its number.
 */
export function columns(...cells: readonly string[]): string {
  return cells.map((cell) => cell.replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, escaped)).join('\t');
}

/** `1 store`, `2 stores`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Prints an answer for people, or as one JSON object for programs. */
export function print({ out }: Terminal, json: boolean, answer: object, lines: readonly string[]): void {
  if (json) out(JSON.stringify(answer));
  else for (const line of lines) out(line);
}

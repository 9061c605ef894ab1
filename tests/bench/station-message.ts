/** What the bench and one of its processes say to each other. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string };

/** What a process of the bench can be asked. */
export type Questions = Record<string, (input: never) => Promise<unknown>>;

/** What every process can be asked. */
export interface Usage {
  /** Processor time since its start, milliseconds. */
  readonly cpuMs: number;
  /** Bytes, after the garbage was collected. */
  readonly heapBytes: number;
  readonly residentBytes: number;
}

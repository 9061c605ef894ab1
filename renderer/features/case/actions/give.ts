import type { CommandName } from '../../../../contract/protocol.ts';

/** Gives a command, and says why it was not taken; null once it was, or nobody knows yet [CM3]. */
export type Give = (name: CommandName, args?: Readonly<Record<string, string>>) => Promise<string | null>;

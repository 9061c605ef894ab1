/** What the operating system and SQLite refuse, in words for whoever runs the gateway. */

const words: Readonly<Record<string, string>> = {
  EEXIST: 'it is not a folder',
  ENOTDIR: 'it is not a folder, or lies in something that is none',
  EISDIR: 'it is a folder, not a file',
  EACCES: 'this user may not read or write it',
  EPERM: 'this user may not read or write it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: "this user's share of the disk is used up",
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead back to themselves',
  EMFILE: 'too many files are open',
  EIO: 'the disk reports an error',
};

const SQLITE_FULL = 13;

/** By SQLite's primary result code. Source: https://sqlite.org/rescode.html */
const sqliteWords: Readonly<Record<number, string>> = {
  5: 'another process holds the data and did not let go; try again',
  8: 'the data can only be read by this user or on this disk',
  10: 'the disk reports an error',
  11: 'the data is damaged; restore a backup into another folder',
  [SQLITE_FULL]: 'the disk is full; make room and try again',
  14: "a file of the data can't be opened: look whose it is, and whether the disk is full",
  26: 'it is no database of a gateway',
};

/** The operating system's name of a fault, such as `ENOSPC`; SQLite's are `ERR_SQLITE_ERROR`. */
export function faultCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** SQLite's primary result code, without the upper bits that tell kinds of one code apart; 0 for errors that are not its own. */
export function sqliteCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
}

/** Whether there was no room to write, by the system's word or by SQLite's. */
export function isFull(error: unknown): boolean {
  return faultCode(error) === 'ENOSPC' || faultCode(error) === 'EDQUOT' || sqliteCode(error) === SQLITE_FULL;
}

/** @returns null for what is no fault of the system, and speaks for itself */
export function systemWords(error: unknown): string | null {
  const code = faultCode(error);
  if (code === null) return null;
  return (code === 'ERR_SQLITE_ERROR' ? sqliteWords[sqliteCode(error)] : words[code]) ?? null;
}

/**
 * @param where the folder or file that it concerns, where the fault itself does not name one
 * @returns the error again where the system is not at fault
 */
export function inPlainWords(error: unknown, where: string): unknown {
  const said = systemWords(error);
  if (said === null) return error;
  return new Error(`${pathOf(error) ?? where}: ${said}`, { cause: error });
}

/** Of a copy, where it goes to: that is where the room is missing. */
function pathOf(error: unknown): string | null {
  const { dest, path } = error as { dest?: unknown; path?: unknown };
  return [dest, path].find((each) => typeof each === 'string') ?? null;
}

import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuseForeign } from '../store/own-file.ts';
import { faultCode, systemWords } from '../system-words.ts';

/**
 * Sees to it that data can be kept in a folder, which is made for its owner alone where it is missing.
 * @throws Error saying why it can't
 */
export function requireFolder(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    const reason = faultCode(error) === 'ENOENT' ? 'no folder can be made there' : systemWords(error);
    throw new Error(`${dataDir} can't hold the gateway's data: ${reason ?? String(error)}; check --data`, {
      cause: error,
    });
  }
  refuseForeign(dataDir);
}

/**
 * Makes a folder and those above it. Not by Node's own `recursive`, which never ends where a folder is there and lets
 * nothing be made in it, as /proc does.
 */
function makeFolder(path: string): void {
  if (isFolder(path)) return;
  const above = dirname(path);
  if (above !== path) makeFolder(above);
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch (error) {
    // Something above it is a file: making the folder says which.
    if (faultCode(error) === 'ENOTDIR') return false;
    throw error;
  }
}

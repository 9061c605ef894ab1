import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserWindow, Dialog } from 'electron';
import type { z } from 'zod';
import type { SaveOutcome, savedFileSchema } from '../../contract/saved-file.ts';
import { DeskError } from '../desk/desk.ts';

type CheckedFile = z.output<typeof savedFileSchema>;

export interface SavePorts {
  readonly dialog: Pick<Dialog, 'showSaveDialog'>;
  /** The window the question belongs to. */
  readonly window: () => BrowserWindow;
  /** Where people expect what they keep. */
  readonly folder: () => string;
}

/**
 * Asks where, and writes the file there; only its owner may read it, because it may name customers.
 * @throws DeskError `not-kept` where it cannot be written; a file of that name is then as it was
 */
export async function saveFile(file: CheckedFile, { dialog, window, folder }: SavePorts): Promise<SaveOutcome> {
  const { suggestedName } = file;
  const extension = path.extname(suggestedName).slice(1);
  const { canceled, filePath } = await dialog.showSaveDialog(window(), {
    defaultPath: path.join(folder(), suggestedName),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  if (canceled || filePath === '') return { outcome: 'cancelled' };
  const draft = `${filePath}.${randomUUID()}`;
  try {
    await writeParts(draft, file);
    await rename(draft, filePath);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeskError('not-kept', `The file could not be written: ${reason}`);
  }
  return { outcome: 'saved' };
}

async function writeParts(file: string, { parts, encoding }: CheckedFile): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for (const part of parts) await handle.writeFile(Buffer.from(part, encoding));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

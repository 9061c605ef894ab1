/**
 * Where a profile keeps what belongs to each gateway: its key and its journal, in a folder of their own. The first one's
 * is the profile's folder itself, as it was when there was only one.
 */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { gatewayIdSchema } from '../../../contract/gateways.ts';
import { JOURNAL_FILE } from '../../desk/journal/open-journal.ts';
import { createKeptFile } from '../kept-file.ts';
import type { KeptFile } from '../kept-file.ts';

export const FIRST_PLACE = '1';
const FOLDER = 'gateways';

/** Which one is shown, and until when the others were; what they are, their keys say. */
const choiceSchema = z.object({ shown: gatewayIdSchema, shownUntil: z.record(gatewayIdSchema, z.int().min(0)) });
export type Choice = z.infer<typeof choiceSchema>;

export function placeDir(profile: string, id: string): string {
  return id === FIRST_PLACE ? profile : path.join(profile, FOLDER, gatewayIdSchema.parse(id));
}

export function keyFileOf(profile: string, id: string): string {
  return path.join(placeDir(profile, id), 'desk-key');
}

/** Losing it costs no more than which gateway is shown next. */
export function openChoice(profile: string, onFault: (error: unknown) => void): KeptFile<Choice> {
  return createKeptFile(path.join(profile, 'gateways.json'), choiceSchema, onFault);
}

/** The place of the gateway that a profile shows, as far as it was ever said. */
export function shownPlace(profile: string): string {
  return openChoice(profile, () => undefined).read()?.shown ?? FIRST_PLACE;
}

/** Every place there is, in the order in which they were made. */
export async function placesOf(profile: string): Promise<string[]> {
  const found = await readdir(path.join(profile, FOLDER), { withFileTypes: true }).catch(() => []);
  const ids = found
    .filter((each) => each.isDirectory() && gatewayIdSchema.safeParse(each.name).success)
    .map(({ name }) => name);
  return [FIRST_PLACE, ...ids.filter((id) => id !== FIRST_PLACE).sort((a, b) => Number(a) - Number(b))];
}

/** @param taken ids that hold something */
export function freePlace(taken: ReadonlySet<string>): string {
  let id = 1;
  while (taken.has(String(id))) id += 1;
  return String(id);
}

/** Removes what is kept there; nothing of it may be open. What the whole profile shares stays. */
export async function emptyPlace(profile: string, id: string): Promise<void> {
  const dir = placeDir(profile, id);
  const files = ['', '-wal', '-shm'].map((part) => path.join(dir, JOURNAL_FILE + part));
  const all = id === FIRST_PLACE ? [...files, keyFileOf(profile, id)] : [dir];
  await Promise.all(all.map((each) => rm(each, { recursive: true, force: true })));
}

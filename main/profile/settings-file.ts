import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { settingsFrom } from '../../contract/settings.ts';
import type { Settings, SettingsChanges } from '../../contract/settings.ts';

/** The settings of a profile, kept in one file that is replaced whole. */
export interface SettingsStore {
  read(): Settings;
  /** @throws Error when they can't be written; they then stay as they were */
  write(changes: SettingsChanges): Settings;
  /** Called after each change. @returns a function that ends it */
  watch(listener: (settings: Settings) => void): () => void;
}

/**
 * @param file created with its folder on the first change; one that is no JSON is renamed aside, never overwritten
 * @param onFault told why the file could not be read
 */
export function openSettings(file: string, onFault: (error: unknown) => void): SettingsStore {
  const listeners = new Set<(settings: Settings) => void>();
  // What a later version added is kept as it is.
  let raw = readRaw(file, onFault);
  let settings = settingsFrom(raw);
  return {
    read: () => settings,
    write(changes) {
      const next = { ...raw, ...settings, ...changes };
      replace(file, JSON.stringify(next, null, 2));
      raw = next;
      settings = settingsFrom(next);
      for (const listener of listeners) listener(settings);
      return settings;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function readRaw(file: string, onFault: (error: unknown) => void): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) onFault(error);
    return {};
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    throw new SyntaxError('the settings are no JSON object');
  } catch (error) {
    renameSync(file, `${file}.unreadable`);
    onFault(error);
    return {};
  }
}

function replace(file: string, text: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${text}\n`, { mode: 0o600 });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiDocuments } from './api-documents.ts';

/** Names of the documents in a folder that are missing there, or not what the contract says now. */
export function staleDocuments(folder: string): string[] {
  return [...apiDocuments()].filter(([name, text]) => written(path.join(folder, name)) !== text).map(([name]) => name);
}

function written(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return null;
  }
}

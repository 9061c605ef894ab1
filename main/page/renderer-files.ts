import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface RendererFile {
  readonly type: string;
  readonly body: Buffer;
  /** True for names that carry a hash of their content. */
  readonly immutable: boolean;
}

/** What vite wrote where a response's nonce belongs (`html.cspNonce`). */
export const noncePlaceholder = '__TILLWATCH_CSP_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

/**
 * Reads the built renderer into memory, keyed by URL path. Requests are looked up in this map and never become file
 * names, so there is no path to traverse; and a build that replaces the files changes nothing for open pages.
 * @throws when the folder holds no index.html
 */
export async function loadRendererFiles(dir: string): Promise<ReadonlyMap<string, RendererFile>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const loaded = await Promise.all(
    files.map(async (file): Promise<[string, RendererFile]> => {
      const url = `/${path.relative(dir, file).split(path.sep).join('/')}`;
      const type = types[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
      return [url, { type, body: await readFile(file), immutable: url.startsWith('/assets/') }];
    }),
  );
  const map = new Map(loaded);
  const index = map.get('/index.html');
  if (!index) throw new Error(`There is no built page in ${dir}: run "npm run build" first.`);
  return map.set('/', index);
}

/** A file as it is sent: a page gets the nonce of its response, every other file goes as it is. */
export function bodyWithNonce({ type, body }: RendererFile, nonce: string): string | Buffer {
  return type.startsWith('text/html') ? body.toString('utf8').replaceAll(noncePlaceholder, nonce) : body;
}

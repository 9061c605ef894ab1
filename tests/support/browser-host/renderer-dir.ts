import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { noncePlaceholder } from '../../../main/page/renderer-files.ts';

/** Writes a small built page into a folder, shaped as vite shapes ours. */
export async function writeRenderer(dir: string): Promise<string> {
  await mkdir(path.join(dir, 'assets'), { recursive: true });
  const head = `<meta property="csp-nonce" nonce="${noncePlaceholder}"><script type="module" src="./assets/index-1a2b.js" nonce="${noncePlaceholder}"></script>`;
  await writeFile(path.join(dir, 'index.html'), `<!doctype html><html><head>${head}</head><body></body></html>`);
  await writeFile(path.join(dir, 'assets', 'index-1a2b.js'), 'export {};');
  await writeFile(path.join(dir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return dir;
}

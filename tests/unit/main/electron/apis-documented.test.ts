import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const text = (file: string) => readFileSync(new URL(file, root), 'utf8');

/** What a file takes from Electron at run time. */
function imported(file: string): string[] {
  const [, names = ''] = /^import \{([^}]*)\} from 'electron';$/m.exec(text(file)) ?? [];
  return names.split(',').flatMap((name) => name.trim() || []);
}

it('every module of Electron that is used is in the list of its APIs', () => {
  const used = [...imported('main/index.ts'), ...imported('preload/index.ts')];
  expect(used).toContain('BrowserWindow');
  const list = text('docs/electron-apis.md');
  expect(used.filter((name) => !list.includes(`\`${name}`))).toEqual([]);
});

import { describe, expect, it } from 'vitest';
import { archiveFaults, manifestFaults, textFault } from '../../../packaging/archive-content.ts';

const whole = [
  'package.json',
  'dist/main/index.js',
  'dist/main/utility.js',
  'dist/main/updater-B2x_1.js',
  'dist/preload/index.cjs',
  'dist/renderer/index.html',
  'dist/renderer/assets/index-vAFv_dXV.js',
  'dist/gateway/tillwatch-gateway.mjs',
  'dist/demo/index.js',
  'dist/main/images/live.png',
  'dist/main/images/live@2x.png',
];

describe('what the archive may hold', () => {
  it('is the build', () => expect(archiveFaults(whole)).toEqual([]));

  it.each([
    ...['main/index.ts', 'dist/main/index.js.map', 'dist/main/nested/index.js', 'tests/run.ts', '.env', 'README.md'],
    ...['node_modules/zod/index.js', 'dist/gateway/gateway.sqlite', 'dist/renderer/assets/a.ts', 'package-lock.json'],
    ...['dist/renderer/../../main.js', 'assets/icon.svg', 'assets/tray/live.svg', 'dist/demo/other.js'],
  ])('is not %s', (file) => {
    expect(archiveFaults([...whole, file])).toEqual([`${file} does not belong into the application`]);
  });

  it.each(['package.json', 'dist/preload/index.cjs', 'dist/demo/index.js'])('lacks nothing such as %s', (file) => {
    expect(archiveFaults(whole.filter((each) => each !== file))).toEqual([`${file} is missing`]);
  });
});

describe('what a built file may tell', () => {
  it.each([
    '//# sourceMappingURL=index.js.map',
    'const here = "file:///home/someone/tillwatch/main.ts"',
    "from '/home/someone/tillwatch/contract/order.ts'",
    'at /Users/someone/tillwatch/x.js',
  ])('is not %s', (text) => expect(textFault('a.js', `one\n${text}\n`)).toContain('a.js holds "'));

  it.each(["fetch('https://example.com/home/page/')", 'app.get("/v1/home/", x)', 'import "./root/x.js"'])(
    'may be %s',
    (text) => expect(textFault('a.js', text)).toBeNull(),
  );
});

describe('the manifest in the archive', () => {
  it('names nothing that is not there', () => {
    expect(manifestFaults({ name: 'tillwatch', dependencies: null, main: 'x' })).toEqual([]);
    expect(
      manifestFaults({ dependencies: { zod: '1' }, scripts: { start: 'x' }, devDependencies: { a: '1' } }),
    ).toEqual([
      'package.json in the application names devDependencies',
      'package.json in the application names dependencies',
      'package.json in the application names scripts',
    ]);
  });
});

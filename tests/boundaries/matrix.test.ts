import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Folder, folders, type Outcome, Sandbox } from './sandbox.ts';

const allowed: Readonly<Record<Folder, readonly Folder[]>> = {
  contract: [],
  gateway: ['contract'],
  client: ['contract'],
  main: ['contract'],
  preload: ['contract'],
  renderer: ['contract'],
  demo: ['contract'],
  launch: [],
  packaging: [],
  tests: folders,
};

interface Crossing {
  readonly from: Folder;
  readonly to: Folder;
  readonly file: string;
}

const crossings: readonly Crossing[] = folders.flatMap((from) =>
  folders.filter((to) => to !== from).map((to) => ({ from, to, file: `${from}/import-of-${to}.ts` })),
);
const permitted = crossings.filter(({ from, to }) => allowed[from].includes(to));
const forbidden = crossings.filter(({ from, to }) => !allowed[from].includes(to));

function plant(sandbox: Sandbox, planted: readonly Crossing[]): void {
  for (const { to, file } of planted) {
    sandbox.plant(file, `import { value } from '../${to}/value.ts';\n\nexport const copied = value;\n`);
  }
}

describe('the import matrix', () => {
  let sandbox: Sandbox;
  let cleanTypes: Outcome;
  let cleanBoundaries: string[];
  let types: Outcome;
  let boundaries: string[];

  beforeAll(() => {
    sandbox = new Sandbox();
    plant(sandbox, permitted);
    cleanTypes = sandbox.types();
    cleanBoundaries = sandbox.boundaries();
    plant(sandbox, forbidden);
    types = sandbox.types();
    boundaries = sandbox.boundaries();
  }, 60_000);

  afterAll(() => sandbox.close());

  it('lets every permitted import pass both gates', () => {
    expect(cleanTypes).toEqual({ status: 0, output: '' });
    expect(cleanBoundaries).toEqual([]);
  });

  it.each(forbidden)('TypeScript refuses an import of $to in $from', ({ to, file }) => {
    expect(types.status).not.toBe(0);
    const complaint = types.output
      .split(/\n(?=\S)/)
      .filter((message) => message.includes(file) && message.includes(`${to}/value.ts`));
    expect(complaint.join('\n')).toMatch(/TS6307|TS6059/);
  });

  it.each(forbidden)('dependency-cruiser refuses an import of $to in $from', ({ from, to, file }) => {
    expect(boundaries).toContain(`matrix-${from}: ${file} → ${to}/value.ts`);
  });
});

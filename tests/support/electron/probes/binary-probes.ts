import { readFileSync } from 'node:fs';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { root } from '../../e2e/program.ts';
import { noBinary } from '../probe.ts';
import type { Probe } from '../probe.ts';

/** A fuse as it has to stand in what is shipped. A state is the code of '1' or '0'. */
const on = 0x31;
const off = 0x30;
const fuses: readonly (readonly [FuseV1Options, number])[] = [
  [FuseV1Options.RunAsNode, off],
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable, off],
  [FuseV1Options.EnableNodeCliInspectArguments, off],
  [FuseV1Options.EnableCookieEncryption, on],
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, on],
  [FuseV1Options.OnlyLoadAppFromAsar, on],
  [FuseV1Options.GrantFileProtocolExtraPrivileges, off],
];

const version: Probe = {
  item: 16,
  title: 'Electron is the version this was made for',
  async look({ application, kind }) {
    if (kind === 'stand-in') return noBinary;
    const running = await application.evaluate(() => process.versions['electron'], null);
    const file = path.join(root, 'node_modules', 'electron', 'package.json');
    const { version: wanted } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
    return running === wanted ? [] : [`Electron ${running} runs instead of ${wanted}`];
  },
};

const fuseWire: Probe = {
  item: 19,
  title: 'the fuses are set',
  async look({ application, kind }) {
    if (kind === 'stand-in') return noBinary;
    const { packaged, binary } = await application.evaluate(
      ({ app }) => ({ packaged: app.isPackaged, binary: app.getPath('exe') }),
      null,
    );
    if (!packaged) return { notMeasured: 'fuses are set when the application is packaged, and this one is not' };
    const wire = await getCurrentFuseWire(binary);
    return fuses
      .filter(([fuse, wanted]) => Number(wire[fuse]) !== wanted)
      .map(([fuse]) => `fuse ${FuseV1Options[fuse]} is ${String(wire[fuse])}`);
  },
};

export const binaryProbes: readonly Probe[] = [version, fuseWire];

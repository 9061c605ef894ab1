import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where one start finds the application and keeps its things. */
export interface Workplace {
  /** The folder of package.json. */
  readonly root: string;
  /** The Node this runs under; children run under the same. */
  readonly node: string;
  readonly logs: string;
  /** Where Node keeps what it compiled, so that the next start is sooner; a person may delete it at any time. */
  readonly compiled: string;
  /** The profile of a desk that watches a gateway elsewhere. */
  readonly desk: string;
  /** All that belongs to the demo; a person may delete it at any time. */
  readonly demo: { readonly desk: string; readonly gateway: string; readonly shop: string; readonly state: string };
}

export function workplaceIn(root: string, data: string): Workplace {
  const demo = path.join(data, 'demo');
  return {
    root,
    node: process.execPath,
    logs: path.join(data, 'logs'),
    compiled: path.join(data, 'compiled'),
    desk: path.join(data, 'desk'),
    demo: {
      desk: path.join(demo, 'desk'),
      gateway: path.join(demo, 'gateway'),
      shop: path.join(demo, 'shop'),
      state: path.join(demo, 'launch.json'),
    },
  };
}

/** Arguments with which Node runs one of our programs as a child that ends with its starter. */
export function leashed(place: Workplace, program: string, args: readonly string[]): string[] {
  const leash = pathToFileURL(path.join(place.root, 'launch', 'leash.ts')).href;
  return ['--import', leash, path.join(place.root, ...program.split('/')), ...args];
}

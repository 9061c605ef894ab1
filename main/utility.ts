/** Composition root of a utility process of the desktop application: `utility.js PROGRAM arguments`. */
import { pathToFileURL } from 'node:url';
import { runUtilityProgram } from './electron/utility-program.ts';

void runUtilityProgram({
  process,
  onMessage: (listener) => process.parentPort.on('message', ({ data }) => listener(data)),
  load: (program) => import(pathToFileURL(program).href),
});

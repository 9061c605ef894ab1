/**
 * Property tests draw the same cases in every run, so that a red run is red again: vitest loads this before each test file.
 * `PROPERTY_SEED=<whole number>` looks elsewhere; a seed that finds something belongs into the test that mends it.
 */
import fc from 'fast-check';

const DEFAULT_SEED = 20_261_121;

const asked = process.env['PROPERTY_SEED'];
const seed = asked === undefined ? DEFAULT_SEED : Number(asked);
if (!Number.isSafeInteger(seed)) throw new Error(`PROPERTY_SEED is ${asked}: a whole number is needed`);

fc.configureGlobal({ seed });

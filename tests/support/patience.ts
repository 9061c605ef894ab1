/**
 * How long a test waits for what has to come. A machine that does much else takes its time, so this is far beyond what is
 * ever needed: what fails then is what never comes. How fast something has to be is for a stopwatch to say.
 */
export const PATIENCE = { timeout: 60_000 } as const;

import packageJson from '../package.json' with { type: 'json' };

/** The running version, as desks and operators see it. */
export const VERSION: string = packageJson.version;

/** Set by the build (vite.main.config.ts). */
declare const __TILLWATCH_VERSION__: string;

import type { Logger } from './logger.ts';

const levels = { debug: 20, info: 30, warn: 40, error: 50 } as const;
export type LogLevel = keyof typeof levels;

/** Logs as JSON lines, one object a line: `level` and `time` as pino writes them, then `msg` and the fields. */
export function createJsonLog(write: (line: string) => void, least: LogLevel = 'info'): Logger {
  const at = (level: LogLevel) => (fields: object, msg: string) => {
    if (levels[level] < levels[least]) return;
    write(`${JSON.stringify({ level: levels[level], time: Date.now(), msg, ...fields })}\n`);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

import type { Clock } from './ledger.ts';
import type { Logger } from './logger.ts';
import { SparingLog } from './sparing-log.ts';

/**
 * For work that is done again and again: while a disk is full, the same fails many times a second. An error of the same
 * words is said at once, then every 10 s with `unsaid`, how often it happened meanwhile; what is no error passes.
 */
export function sparingLogger(log: Logger, clock: Clock): Logger {
  const errors = new SparingLog();
  return {
    debug: (fields, message) => log.debug(fields, message),
    info: (fields, message) => log.info(fields, message),
    warn: (fields, message) => log.warn(fields, message),
    error: (fields, message) => {
      const unsaid = errors.turn(message, clock.now());
      if (unsaid !== null) log.error({ ...fields, ...(unsaid > 0 && { unsaid }) }, message);
    },
  };
}

/** The part of pino's interface the gateway uses; secrets, tickets, tokens and customer data never reach it [AU4]. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

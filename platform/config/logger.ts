/** What the platform needs of a log: pino fits, and so does the console in a test. Never pass personal data. */
export interface Logger {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

/** A log that says nothing. */
export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.ts';

export type { Logger };

/**
 * The log: one JSON object a line on standard output. It holds no personal data: routes instead of addresses with their queries, networks
 * instead of addresses of people; what a caller passes as a header or a body is never logged, and these names are struck out besides.
 */
export function makeLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: ['*.authorization', '*.cookie', '*.password', '*.email', '*.secret', '*.token'],
      censor: '…',
    },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

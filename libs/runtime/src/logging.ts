import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

/**
 * The process's log: one JSON object a line on standard output, times in UTC.
 * Levels by meaning: error = a person must act; warn = it will be tried again; info = a change of state worth a line.
 * Never content, addresses or tokens: those who log pass ids and codes only.
 */
export const createLogger = (name: string, level: string): Logger =>
  pino({ name, level, timestamp: pino.stdTimeFunctions.isoTime, base: { name } });

/** Nest's own lines through the same log. */
export const nestLogger = (logger: Logger): LoggerService => ({
  log: (message: unknown, context?: unknown) => logger.debug({ context }, String(message)),
  warn: (message: unknown, context?: unknown) => logger.warn({ context }, String(message)),
  error: (message: unknown, stack?: unknown) => logger.error({ stack }, String(message)),
  debug: (message: unknown, context?: unknown) => logger.trace({ context }, String(message)),
  verbose: (message: unknown, context?: unknown) => logger.trace({ context }, String(message)),
});

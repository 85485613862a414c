import { ConfigError } from '../config/index.ts';

/** One clear line for what a person can mend, a stack for what is our mistake. */
export function describeStartFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `The port is in use: ${error.message}`;
  if (code === 'ECONNREFUSED') return `DATABASE_URL: nothing answers there (${error.message})`;
  if (code === '28P01' || code === '3D000') return `DATABASE_URL: ${error.message}`;
  return error.stack ?? error.message;
}

/** `EX_CONFIG` of sysexits.h: the configuration is wrong, starting again will not help. */
const EXIT_CONFIG = 78;

export function exitCodeOf(error: unknown): number {
  return error instanceof ConfigError ? EXIT_CONFIG : 1;
}

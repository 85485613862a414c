import { ConfigError } from '../config/index.ts';

export interface RunningApp {
  /** Ends everything in order: health first, then HTTP, jobs, connections. */
  stop(): Promise<void>;
}

/** `EX_CONFIG` of sysexits.h: the configuration is wrong, starting again will not help. */
const EXIT_CONFIG = 78;
/** Whoever started us waits 10 seconds before it kills. */
const STOP_LIMIT_MS = 9_000;

/**
 * Runs a main: one clear line when it cannot start, an orderly stop on SIGTERM,
 * SIGINT, or when the process that started it is gone.
 */
export async function runApp(start: () => Promise<RunningApp>): Promise<void> {
  let app: RunningApp;
  try {
    app = await start();
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
  }
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_LIMIT_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The stop was not clean: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  if (process.connected) process.on('disconnect', stop);
}

function describeStartFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'EADDRINUSE') return `The port is in use: ${error.message}`;
  if (code === 'ECONNREFUSED') return `DATABASE_URL: nothing answers there (${error.message})`;
  if (code === '28P01' || code === '3D000') return `DATABASE_URL: ${error.message}`;
  return error.stack ?? error.message;
}

import { describeStartFailure, exitCodeOf } from './start-failure.ts';
import { STOP_LIMIT_MS } from './stop.ts';

export interface RunningApp {
  /** Ends everything in order: health first, then HTTP, jobs, connections. */
  stop(): Promise<void>;
}

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
    process.exit(exitCodeOf(error));
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

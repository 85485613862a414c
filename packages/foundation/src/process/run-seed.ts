import { describeStartFailure, exitCodeOf } from './start-failure.ts';

/** Runs a seed: prints what it made as one line of JSON, or why it cannot. */
export async function runSeed(seed: () => Promise<object>): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(await seed())}\n`);
  } catch (error) {
    process.stderr.write(`${describeStartFailure(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

import { startVersitygw } from './judges/versitygw.ts';
import { runStep } from './stack/steps.ts';
import { type Counts, closingLine, countsOf, suite } from './stack/suites.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The storage contract against an S3 server: the caller's (S3_TEST_ENDPOINT …), or versitygw. */
async function run(): Promise<Counts> {
  const own = process.env['S3_TEST_ENDPOINT'];
  const judge = own ? undefined : await startVersitygw(say);
  if (!own && !judge) {
    say('Skipped: the storage contract against an S3 server.');
    return { passed: 0, failed: 0, skipped: 1 };
  }
  try {
    const contract = suite('storage contract on S3', ['storage'], judge?.env);
    await runStep(contract);
    return countsOf(contract);
  } finally {
    await judge?.stop();
  }
}

const counts = await run();
say(`\n${closingLine(counts)}`);
process.exit(counts.failed === 0 ? 0 : 1);

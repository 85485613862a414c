import { DEAD_CODE, LINT, runStep, type StepResult, TYPES } from './stack/steps.ts';

// The fast gate: no database, no browser. The tools share two lanes, the tests come last and alone.
const began = performance.now();
const lanes = [[TYPES, DEAD_CODE], [LINT]];
const results: StepResult[] = [];
await Promise.all(
  lanes.map(async (lane) => {
    for (const step of lane) results.push(await runStep(step));
  }),
);
results.push(
  await runStep({
    name: 'pure tests',
    command: ['vitest', 'run', '--project', 'unit', '--project', 'house', '--reporter', 'dot'],
  }),
);

const failed = results.filter((result) => !result.ok).map((result) => result.name);
const seconds = ((performance.now() - began) / 1000).toFixed(1);
process.stdout.write(
  failed.length === 0
    ? `\nAll good in ${seconds} s.\n`
    : `\nFailed: ${failed.join(', ')} (${seconds} s).\n`,
);
process.exit(failed.length === 0 ? 0 : 1);

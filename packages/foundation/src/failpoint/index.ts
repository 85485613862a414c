import { writeSync } from 'node:fs';
import { z } from 'zod';

/** How likely the process dies at each named step; `*` speaks for those that are not named. */
type FailpointPlan = ReadonlyMap<string, number>;

const ENTRY = /^(\*|[a-z][a-z0-9.-]*)=(0(?:\.\d+)?|1)$/;
const HINT = 'expected steps with their probability, such as file.before-commit=0.1,*=0.01';

const failpointPlan = z.string().transform((text, issues): FailpointPlan => {
  const entries = text.split(',').map((entry) => ENTRY.exec(entry.trim()));
  const plan = entries.flatMap((match) =>
    match?.[1] === undefined ? [] : [[match[1], Number(match[2])] as const],
  );
  if (plan.length < entries.length) issues.addIssue({ code: 'custom', message: HINT });
  return new Map(plan);
});

/** For processes under test: `name=probability`, with commas between. */
export const FailpointEnv = z.object({ FAILPOINTS: failpointPlan.optional() });
export type FailpointEnv = z.infer<typeof FailpointEnv>;

let armed: FailpointPlan | undefined;

/** From here on `failpoint` may kill this process, if its environment says so. For mains. */
export function armFailpoints({ FAILPOINTS }: FailpointEnv): void {
  armed = FAILPOINTS;
}

/**
 * A step at which a crash would hurt most. Does nothing, unless `armFailpoints` said that the
 * process may die here: then as from a power cut, with nothing closed and nothing told but its name.
 */
export function failpoint(name: string): void {
  if (armed === undefined) return;
  const probability = armed.get(name) ?? armed.get('*') ?? 0;
  if (Math.random() >= probability) return;
  writeSync(2, `failpoint ${name}\n`);
  process.kill(process.pid, 'SIGKILL');
}

import type { Rule } from '../inspect/rules.ts';
import type { ResolvedOptions } from '../options/options.ts';
import type { TunableStep } from '../options/settings.ts';
import type { Job, Warning } from './step.ts';

/** A fault that was seen, and the steps that were then done differently or not at all. */
export type Fallback = Warning & { readonly changed: readonly string[] };

/** A photo made by one recipe, and the faults it has. */
export type Judged = { readonly job: Pick<Job, 'options'>; readonly broken: readonly Rule[] };

/** The faults that one recipe had and the next has not, and the steps that differ between both. */
export function fallbacksOf(before: Judged, after: Judged): Fallback[] {
  const changed = changedSteps(before.job.options, after.job.options);
  return before.broken
    .filter((rule) => !after.broken.includes(rule))
    .map(({ code, message }) => ({ code, message, changed }));
}

/** Names of the steps whose settings differ. */
export function changedSteps(
  { steps: was }: Pick<ResolvedOptions, 'steps'>,
  { steps: is }: Pick<ResolvedOptions, 'steps'>,
): string[] {
  return Object.entries(was)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(is[name as TunableStep]))
    .map(([name]) => name);
}

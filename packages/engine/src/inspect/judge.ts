import type { Plan } from '../plan/plan.ts';
import type { Measurements } from './measurements.ts';
import { QUALITY_RULES, type Rule } from './rules.ts';

/** What compares all that is shown with the exposures. */
const COMPARING: readonly string[] = ['structure_lost', 'ghosts', 'blurred'];

/** The rules for a photo. Where something was hidden because it was asked for, not all is to be shown. */
export function rulesFor({ privacy }: Pick<Plan, 'privacy'>): readonly Rule[] {
  if (privacy === null) return QUALITY_RULES;
  return QUALITY_RULES.filter(({ code }) => !COMPARING.includes(code));
}

/** The rules a photo breaks. A value that could not be measured breaks none. */
export function judge(
  measurements: Measurements,
  rules: readonly Rule[] = QUALITY_RULES,
): readonly Rule[] {
  return rules.filter((rule) => {
    const value = measurements[rule.measure];
    if (value === null) return false;
    return rule.fault === 'above' ? value > rule.limit : value < rule.limit;
  });
}

import type { Measurements } from './measurements.ts';
import { QUALITY_RULES, type Rule } from './rules.ts';

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

import { PLAN_NAMES, PLANS, type Plan, type PlanName } from './plans.ts';
import type { OwnLimits } from './schema.ts';

/** A plan as an organization has it: what an admin of the installation set for it alone comes first. */
export interface HeldPlan extends Plan {
  name: PlanName;
}

/** The request's path asks for one each time, and nearly all organizations have no limits of their own. */
const AS_THEY_ARE = new Map(PLAN_NAMES.map((name) => [name, { ...PLANS[name], name }]));

export function heldPlan(name: PlanName, own: OwnLimits | null = null): HeldPlan {
  const plan = AS_THEY_ARE.get(name) ?? { ...PLANS[name], name };
  if (own === null) return plan;
  const { rates, ...limits } = own;
  return { ...plan, ...limits, rates: { ...plan.rates, ...rates } };
}

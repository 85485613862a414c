import { z } from 'zod';
import { anyId } from '../storable-text.ts';
import { PLAN_NAMES } from './plans.ts';

export const AssignPlan = z.object({
  organizationId: anyId,
  plan: z.enum(PLAN_NAMES, { error: `expected one of ${PLAN_NAMES.join(', ')}` }),
});
export type AssignPlan = z.input<typeof AssignPlan>;

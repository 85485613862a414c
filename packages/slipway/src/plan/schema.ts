import { Rate } from '@repo/foundation/rate-limit';
import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { PLAN_NAMES } from './plans.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const amount = z
  .number({ error: 'expected a number' })
  .int('expected a whole number')
  .min(0, 'expected at least 0')
  .max(MOST, `expected at most ${MOST}`);
const quota = amount.nullable().optional();

/**
 * Limits that an organization has in place of its plan's. What is left out is as the plan says; null is
 * no limit.
 */
export const OwnLimits = z.strictObject({
  projects: quota,
  storageBytes: quota,
  monthlyUploads: quota,
  monthlyBytes: quota,
  fileBytes: quota,
  logDays: amount
    .min(1, 'expected at least 1 day')
    .max(3650, 'expected at most 3650 days')
    .optional(),
  rates: z
    .strictObject({ project: Rate.nullable().optional(), key: Rate.nullable().optional() })
    .optional(),
});
/** As it is stored: without what was left out. */
export interface OwnLimits {
  projects?: number | null;
  storageBytes?: number | null;
  monthlyUploads?: number | null;
  monthlyBytes?: number | null;
  fileBytes?: number | null;
  logDays?: number;
  rates?: { project?: Rate | null; key?: Rate | null };
}

export const AssignPlan = z.object({
  organizationId: anyId,
  plan: z.enum(PLAN_NAMES, { error: `expected one of ${PLAN_NAMES.join(', ')}` }),
  /** In place of those that were set before; none when they are left out. */
  limits: OwnLimits.optional(),
});
export type AssignPlan = z.input<typeof AssignPlan>;

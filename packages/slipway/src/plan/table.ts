import { jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import { pgTable, text } from 'drizzle-orm/pg-core';
import type { PlanName } from './plans.ts';
import type { OwnLimits } from './schema.ts';

/** The plan that an admin of the installation gave to an organization; others have the default. */
export const organizationPlan = pgTable('organization_plan', {
  organizationId: text('organization_id')
    .primaryKey()
    .references(() => organization.id, { onDelete: 'cascade' }),
  plan: text('plan').$type<PlanName>().notNull(),
  /** In place of some of the plan's; null for none. */
  limits: jsonbOf<OwnLimits>('limits'),
  assignedAt: timestamptz('assigned_at').notNull(),
});

import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { heldPlan } from '../plan/held-plan.ts';
import { organizationPlan } from '../plan/table.ts';

const DAY_MS = 86_400_000;

/** Organizations whose logs are kept for the same time. */
export interface Kept {
  /** What happened before is forgotten. */
  before: Date;
  isOfOrganization(organizationId: SQLWrapper): SQL;
  isOfProject(projectId: SQLWrapper): SQL;
}

/** All organizations by how long their plans keep logs; what is nobody's any more as by default. */
export async function keptByPlan(ctx: SlipwayContext): Promise<Kept[]> {
  const assigned = await ctx.db.select().from(organizationPlan);
  const idsByDays = new Map<number, string[]>();
  for (const { organizationId, plan, limits } of assigned) {
    const { logDays } = heldPlan(plan, limits);
    idsByDays.set(logDays, [...(idsByDays.get(logDays) ?? []), organizationId]);
  }
  const { logDays } = heldPlan(ctx.config.defaultPlan);
  const known = assigned.map(({ organizationId }) => organizationId);
  return [
    keptFor(ctx, logDays, {
      isOne: (id) => sql`(${id} is null or not ${id} = any(${sql.param(known)}::text[]))`,
    }),
    ...[...idsByDays].map(([days, ids]) =>
      keptFor(ctx, days, { isOne: (id) => sql`${id} = any(${sql.param(ids)}::text[])` }),
    ),
  ];
}

function keptFor(
  ctx: SlipwayContext,
  days: number,
  { isOne }: { isOne: (organizationId: SQLWrapper) => SQL },
): Kept {
  return {
    before: new Date(ctx.now().getTime() - days * DAY_MS),
    isOfOrganization: isOne,
    isOfProject: (projectId) =>
      isOne(sql`(select p.organization_id from project p where p.id = ${projectId})`),
  };
}

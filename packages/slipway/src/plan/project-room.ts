import type { Tx } from '@repo/foundation/db';
import { and, eq, isNull } from 'drizzle-orm';
import { project } from '../project/table.ts';
import type { HeldPlan } from './held-plan.ts';
import { lockOrganization, refusal } from './quota-room.ts';

/** @throws `quota_exceeded` when the plan has no room for another project. */
export async function requireRoomForProject(
  tx: Tx,
  { organizationId, plan }: { organizationId: string; plan: HeldPlan },
): Promise<void> {
  const limit = plan.projects;
  if (limit === null) return;
  await lockOrganization(tx, organizationId);
  const used = await tx.$count(
    project,
    and(eq(project.organizationId, organizationId), isNull(project.deletedAt)),
  );
  const refused = refusal(plan, { metric: 'projects', limit, used, need: 1 });
  if (refused !== null) throw refused;
}

import { recordAudit } from '@repo/foundation/audit';
import { actorId } from '@repo/foundation/context';
import { newId } from '@repo/foundation/ids';
import { requireOrganization } from '@repo/foundation/organization';
import { insertFirstKey } from '../api-key/first-key.ts';
import type { SlipwayContext } from '../context.ts';
import { planOf } from '../plan/plan-of.ts';
import { requireRoomForProject } from '../plan/project-room.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { projectView } from './internal.ts';
import { CreateProject, DEFAULT_RULES, type ProjectView } from './schema.ts';
import { project } from './table.ts';

/** Makes a project and its first secret key; the key is in the answer and nowhere else. */
export async function createProject(
  ctx: SlipwayContext,
  input: CreateProject,
): Promise<{ project: ProjectView; key: string }> {
  const { organizationId, name, rules } = CreateProject.parse(input);
  await requireOrganization(ctx, organizationId, 'project.manage');
  const plan = await planOf(ctx, organizationId);
  return ctx.db.transaction(async (tx) => {
    await requireRoomForProject(tx, { organizationId, plan });
    const [row] = await tx
      .insert(project)
      .values({
        id: newId('prj'),
        organizationId,
        name,
        rules: { ...DEFAULT_RULES, ...withoutUndefined(rules ?? {}) },
      })
      .returning();
    if (row === undefined) throw new Error('the new project was not returned');
    const key = await insertFirstKey(tx, {
      id: row.id,
      createdBy: actorId(ctx.actor),
      createdAt: ctx.now(),
    });
    await recordAudit(tx, ctx, {
      organizationId,
      action: 'project.created',
      entityId: row.id,
      data: { after: { name, rules: row.rules } },
    });
    return { project: projectView(row), key };
  });
}

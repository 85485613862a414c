import { actorId } from '@repo/foundation/context';
import type { SlipwayContext } from '../context.ts';
import { isTestActor } from '../file/test-mode.ts';
import { requireProject } from '../project/internal.ts';
import { writeRefusals } from './refusals.ts';
import { type NotedRefusals, ReportRefusals, ROUTE_REFUSALS } from './schema.ts';

/** What the developer's own server refused, before Slipway was asked, gets its lines in the project's log. */
export async function reportRefusals(
  ctx: SlipwayContext,
  call: { projectId: string; report: ReportRefusals },
): Promise<NotedRefusals> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { refusals } = ReportRefusals.parse(call.report);
  const common = {
    projectId: project.id,
    outcome: 'refused' as const,
    isTest: isTestActor(ctx.actor),
    actorType: ctx.actor.type,
    actorId: actorId(ctx.actor),
    createdAt: ctx.now(),
  };
  const write = writeRefusals(ctx.db);
  await Promise.all(
    refusals.map((each) => write({ ...each, ...common, rule: ROUTE_REFUSALS[each.code] })),
  );
  return { noted: refusals.length };
}

import type { Db, Tx } from '@repo/foundation/db';
import { eq } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type HeldPlan, heldPlan } from './held-plan.ts';
import type { Plan } from './plans.ts';
import { organizationPlan } from './table.ts';

type Asker = Pick<SlipwayContext, 'config' | 'project' | 'plan'> & { db: Db | Tx };

/** The plan of an organization: what came with the request's key, else what the database says. */
export async function planOf(ctx: Asker, organizationId: string): Promise<HeldPlan> {
  if (ctx.project?.organizationId === organizationId && ctx.plan !== undefined) return ctx.plan;
  const [row] = await ctx.db
    .select({ plan: organizationPlan.plan, limits: organizationPlan.limits })
    .from(organizationPlan)
    .where(eq(organizationPlan.organizationId, organizationId));
  return row === undefined ? heldPlan(ctx.config.defaultPlan) : heldPlan(row.plan, row.limits);
}

/** True when something of the whole organization has to be counted before a file may be added. */
export function hasQuotas({
  storageBytes,
  monthlyUploads,
  monthlyBytes,
  testBytes,
}: Plan): boolean {
  return [storageBytes, monthlyUploads, monthlyBytes, testBytes].some((limit) => limit !== null);
}

/** @throws `file_too_large`. */
export function checkPlanSize(size: number, { fileBytes, title }: Plan): void {
  if (fileBytes === null || size <= fileBytes) return;
  throw slipwayError(
    'file_too_large',
    `The plan “${title}” takes files of up to ${fileBytes} bytes; this one has ${size}.`,
    { details: { rule: 'plan.fileBytes', expected: fileBytes, received: size } },
  );
}

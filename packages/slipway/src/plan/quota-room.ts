import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { file, UNFINISHED } from '../file/table.ts';
import { project } from '../project/table.ts';
import { ceilingOf, type Held } from '../usage/ceiling.ts';
import { type Month, monthOf } from '../usage/month.ts';
import { organizationUsage } from '../usage/organization-usage.ts';
import type { HeldPlan } from './held-plan.ts';
import { hasQuotas } from './plan-of.ts';

interface Need {
  files: number;
  bytes: number;
}

/** What an organization's plan still has room for. */
export interface QuotaRoom {
  /** Null where nothing has to be counted. */
  held: Held | null;
  refusalOf(need: Need): AppError | null;
  /** Reserves it for a test file, or tells that there are too many. */
  takeTest(need: Need): AppError | null;
}

const NO_QUOTAS: QuotaRoom = { held: null, refusalOf: () => null, takeTest: () => null };

/**
 * What an organization uses, and whether these needs fit beside it. One at a time per organization, until the caller's transaction ends.
 * To be called after the project's lock, never before: whoever holds both took them in this order.
 */
export async function openQuotas(
  tx: Tx,
  input: { organizationId: string; plan: HeldPlan; now: Date; needs: Need; hasTests: boolean },
): Promise<QuotaRoom> {
  const { organizationId, plan, now, needs, hasTests } = input;
  if (!hasQuotas(plan)) return NO_QUOTAS;
  await lockOrganization(tx, organizationId);
  const month = monthOf(now);
  const owner = { ownerId: organizationId, month: month.first };
  const ceiling = await ceilingOf(tx, owner);
  const held =
    ceiling !== null && refusalFor(plan, ceiling, needs) === null
      ? ceiling
      : { ...owner, ...(await counted(tx, { organizationId, month })) };
  let test = hasTests ? await bytesOfTestFiles(tx, organizationId) : 0;
  return {
    held,
    refusalOf: (need) => refusalFor(plan, held, need),
    takeTest({ bytes }) {
      const limit = plan.testBytes;
      const refused = refusal(plan, { metric: 'testBytes', limit, used: test, need: bytes });
      if (refused === null) test += bytes;
      return refused;
    },
  };
}

/** Few, because each is over in a week: counted from the files themselves. */
async function bytesOfTestFiles(tx: Tx, organizationId: string): Promise<number> {
  const [held] = await tx
    .select({ bytes: sql`coalesce(sum(${file.size}), 0)`.mapWith(Number) })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .where(
      and(
        eq(project.organizationId, organizationId),
        isNull(project.deletedAt),
        sql`${file.isTest}`,
        or(inArray(file.status, [...UNFINISHED, 'ready']), isNotNull(file.trashedUntil)),
      ),
    );
  return held?.bytes ?? 0;
}

async function counted(
  tx: Tx,
  of: { organizationId: string; month: Month },
): Promise<Omit<Held, 'ownerId' | 'month'>> {
  const used = await organizationUsage(tx, of);
  return {
    files: used.files + used.reservedFiles,
    bytes: used.bytes + used.reservedBytes,
    // What is on its way may get ready in this month.
    uploads: used.monthlyUploads + used.reservedFiles,
    uploadedBytes: used.monthlyBytes + used.reservedBytes,
    countedAt: null,
  };
}

function refusalFor(plan: HeldPlan, held: Held, { files, bytes }: Need): AppError | null {
  const { storageBytes, monthlyUploads, monthlyBytes } = plan;
  return (
    refusal(plan, {
      metric: 'storageBytes',
      limit: storageBytes,
      used: held.bytes,
      need: bytes,
    }) ??
    refusal(plan, {
      metric: 'monthlyUploads',
      limit: monthlyUploads,
      used: held.uploads,
      need: files,
    }) ??
    refusal(plan, {
      metric: 'monthlyBytes',
      limit: monthlyBytes,
      used: held.uploadedBytes,
      need: bytes,
    })
  );
}

/** Lets what an organization uses grow one change after another. */
export async function lockOrganization(tx: Tx, organizationId: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${organizationId}, 4711))`);
}

const METRICS = {
  projects: 'projects',
  storageBytes: 'bytes stored',
  monthlyUploads: 'uploads in a month',
  monthlyBytes: 'bytes uploaded in a month',
  testBytes: 'bytes of test files at once',
} as const;

export type Metric = keyof typeof METRICS;

/** Null when there is room, or no limit. */
export function refusal(
  plan: HeldPlan,
  count: { metric: Metric; limit: number | null; used: number; need: number },
): AppError | null {
  const { metric, limit, used, need } = count;
  if (limit === null || used + need <= limit || need === 0) return null;
  return slipwayError(
    'quota_exceeded',
    `The plan “${plan.title}” has ${limit} ${METRICS[metric]}, of which ${used} are used or on their way; this would add ${need}.`,
    { details: { rule: `plan.${metric}`, expected: limit, received: used + need } },
  );
}

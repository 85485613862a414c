import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { and, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import { file, UNFINISHED } from '../file/table.ts';
import { project } from '../project/table.ts';
import { monthOf } from '../usage/month.ts';
import { organizationUsage } from '../usage/organization-usage.ts';
import type { HeldPlan } from './held-plan.ts';
import { hasQuotas } from './plan-of.ts';

interface Need {
  files: number;
  bytes: number;
}

/** What an organization's plan still has room for. */
export interface QuotaRoom {
  refusalOf(need: Need): AppError | null;
  take(need: Need): void;
  /** Reserves it for a test file, or tells that there are too many. */
  takeTest(need: Need): AppError | null;
}

const NO_QUOTAS: QuotaRoom = { refusalOf: () => null, take: () => undefined, takeTest: () => null };

/**
 * Counts what an organization uses. One at a time per organization, until the caller's transaction ends.
 * To be called after the project's lock, never before: whoever holds both took them in this order.
 */
export async function openQuotas(
  tx: Tx,
  input: { organizationId: string; plan: HeldPlan; now: Date },
): Promise<QuotaRoom> {
  const { organizationId, plan, now } = input;
  if (!hasQuotas(plan)) return NO_QUOTAS;
  await lockOrganization(tx, organizationId);
  const used = await organizationUsage(tx, { organizationId, month: monthOf(now) });
  const { storageBytes, monthlyUploads, monthlyBytes, testBytes } = plan;
  const held = {
    bytes: used.bytes + used.reservedBytes,
    // What is on its way may get ready in this month.
    uploads: used.monthlyUploads + used.reservedFiles,
    uploaded: used.monthlyBytes + used.reservedBytes,
    test: await bytesOfTestFiles(tx, organizationId),
  };
  return {
    refusalOf: ({ files, bytes }) =>
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
        used: held.uploaded,
        need: bytes,
      }),
    take({ files, bytes }) {
      held.bytes += bytes;
      held.uploads += files;
      held.uploaded += bytes;
    },
    takeTest({ bytes }) {
      const refused = refusal(plan, {
        metric: 'testBytes',
        limit: testBytes,
        used: held.test,
        need: bytes,
      });
      if (refused === null) held.test += bytes;
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

import type { Tx } from '@repo/foundation/db';
import type { AppError } from '@repo/foundation/errors';
import { sql } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
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
}

const NO_QUOTAS: QuotaRoom = { refusalOf: () => null, take: () => undefined };

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
  const { storageBytes, monthlyUploads, monthlyBytes } = plan;
  const held = {
    bytes: used.bytes + used.reservedBytes,
    // What is on its way may get ready in this month.
    uploads: used.monthlyUploads + used.reservedFiles,
    uploaded: used.monthlyBytes + used.reservedBytes,
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
  };
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

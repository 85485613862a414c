import { auditEntry } from '@repo/foundation/audit';
import { deleteInPieces } from '@repo/foundation/db';
import type { JobRun } from '@repo/foundation/jobs';
import { invitation, isLongOver } from '@repo/foundation/member';
import { and, eq, lt, notExists, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Context } from '../context.ts';
import { event } from '../event/table.ts';
import { webhookAttempt, webhookDelivery } from '../webhook/table.ts';
import { KEPT_DAYS } from './kept.ts';

const DAY_MS = 86_400_000;

/** Handler of `retention.forget`: who did what from which address is kept for as long as it is of use. */
export async function forgetLogs(
  ctx: Context,
  _payload: object,
  { signal }: Pick<JobRun, 'signal'>,
): Promise<void> {
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS);
  const delivery = ctx.db
    .select({ one: sql`1` })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.eventId, event.id));
  // Events last, because those that are on their way stay.
  const old: [PgTable, SQL | undefined][] = [
    [webhookAttempt, lt(webhookAttempt.at, before(KEPT_DAYS.events))],
    [webhookDelivery, lt(webhookDelivery.endedAt, before(KEPT_DAYS.events))],
    [event, and(lt(event.createdAt, before(KEPT_DAYS.events)), notExists(delivery))],
    [auditEntry, lt(auditEntry.createdAt, before(KEPT_DAYS.audit))],
    [invitation, isLongOver(ctx.now())],
  ];
  for (const [table, where] of old) await deleteInPieces(ctx.db, { table, where }, signal);
}

import { auditEntry } from '@repo/foundation/audit';
import { deleteInPieces } from '@repo/foundation/db';
import type { JobRun } from '@repo/foundation/jobs';
import { and, eq, lt, notExists, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Context } from '../context.ts';
import { event } from '../event/table.ts';
import { webhookAttempt, webhookDelivery } from '../webhook/table.ts';

const DAY_MS = 86_400_000;
/** What happened on a listing is told from it: longer than a listing is worked on. */
const AUDIT_DAYS = 2 * 365;
/** Longer than anybody looks for a message that did not come. */
const EVENT_DAYS = 30;

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
    [webhookAttempt, lt(webhookAttempt.at, before(EVENT_DAYS))],
    [webhookDelivery, lt(webhookDelivery.endedAt, before(EVENT_DAYS))],
    [event, and(lt(event.createdAt, before(EVENT_DAYS)), notExists(delivery))],
    [auditEntry, lt(auditEntry.createdAt, before(AUDIT_DAYS))],
  ];
  for (const [table, where] of old) await deleteInPieces(ctx.db, { table, where }, signal);
}

import { auditEntry } from '@repo/foundation/audit';
import { deleteInPieces } from '@repo/foundation/db';
import type { JobRun } from '@repo/foundation/jobs';
import { invitation, isLongOver } from '@repo/foundation/member';
import { and, eq, lt, notExists, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { callbackAttempt } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { event } from '../event/table.ts';
import { file } from '../file/table.ts';
import { sweepAction } from '../reconcile/table.ts';
import { scanVerdict } from '../scan/table.ts';
import { uploadLog } from '../upload-log/table.ts';
import { uploaderUsage, usageEntry } from '../usage/table.ts';
import { webhookAttempt, webhookDelivery, webhookEndpoint } from '../webhook/table.ts';
import { type Kept, keptByPlan } from './kept.ts';

const DAY_MS = 86_400_000;
/** Entries of the ledger are in its totals by then; so long they can be compared with them. */
const COUNTED_DAYS = 7;
/** A scanner that asks anew gets the same answer, or a better one. */
const VERDICT_DAYS = 30;

/** Handler of `retention.forget`. */
export async function forgetLogs(
  ctx: SlipwayContext,
  _payload: object,
  { signal }: Pick<JobRun, 'signal'>,
): Promise<void> {
  for (const kept of await keptByPlan(ctx)) {
    // Events last, because those that are on their way stay.
    for (const [table, where] of oldOnes(ctx, kept))
      await deleteInPieces(ctx.db, { table, where }, signal);
  }
  for (const [table, where] of usedUp(ctx)) await deleteInPieces(ctx.db, { table, where }, signal);
}

/** What nobody reads any more, whatever the plan. */
function usedUp(ctx: SlipwayContext): [PgTable, SQL | undefined][] {
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS);
  return [
    [usageEntry, lt(usageEntry.countedAt, before(COUNTED_DAYS))],
    [uploaderUsage, and(eq(uploaderUsage.files, 0), eq(uploaderUsage.bytes, 0))],
    [scanVerdict, lt(scanVerdict.scannedAt, before(VERDICT_DAYS))],
    [invitation, isLongOver(ctx.now())],
  ];
}

function oldOnes(ctx: SlipwayContext, kept: Kept): [PgTable, SQL | undefined][] {
  const { before } = kept;
  const ofEndpoint = (
    column: typeof webhookAttempt.endpointId | typeof webhookDelivery.endpointId,
  ) =>
    kept.isOfProject(sql`(select w.project_id from ${webhookEndpoint} w where w.id = ${column})`);
  const ofFile = kept.isOfProject(
    sql`(select f.project_id from ${file} f where f.id = ${callbackAttempt.fileId})`,
  );
  const delivery = ctx.db
    .select({ one: sql`1` })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.eventId, event.id));
  return [
    [uploadLog, and(lt(uploadLog.createdAt, before), kept.isOfProject(uploadLog.projectId))],
    [sweepAction, and(lt(sweepAction.at, before), kept.isOfProject(sweepAction.projectId))],
    [callbackAttempt, and(lt(callbackAttempt.at, before), ofFile)],
    [webhookAttempt, and(lt(webhookAttempt.at, before), ofEndpoint(webhookAttempt.endpointId))],
    // From their end on; those on their way have none.
    [
      webhookDelivery,
      and(lt(webhookDelivery.endedAt, before), ofEndpoint(webhookDelivery.endpointId)),
    ],
    [event, and(lt(event.createdAt, before), kept.isOfProject(event.ownerId), notExists(delivery))],
    [
      auditEntry,
      and(lt(auditEntry.createdAt, before), kept.isOfOrganization(auditEntry.organizationId)),
    ],
  ];
}

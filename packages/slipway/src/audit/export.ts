import type { SlipwayContext } from '../context.ts';
import { csvLine } from '../csv.ts';
import { type AuditView, listAudit } from './list.ts';
import type { AuditFilter } from './schema.ts';

const PAGE = 100;
/** More than that is for a date at a time. */
const MOST_ROWS = 10_000;

const COLUMNS = [
  'time',
  'actor_type',
  'actor_id',
  'actor_name',
  'actor_email',
  'address',
  'action',
  'entity_id',
  'changes',
  'facts',
  'request_id',
  'id',
];

/** The log as CSV (RFC 4180), latest first, and whether there would have been more. */
export async function exportAudit(
  ctx: SlipwayContext,
  filter: AuditFilter,
): Promise<{ csv: string; isWhole: boolean }> {
  const lines = [csvLine(COLUMNS)];
  let cursor: string | null = null;
  do {
    const page = await listAudit(ctx, { ...filter, limit: PAGE, cursor });
    lines.push(...page.data.map(lineOf));
    cursor = page.nextCursor;
  } while (cursor !== null && lines.length <= MOST_ROWS);
  return { csv: lines.join(''), isWhole: cursor === null };
}

function lineOf({ id, at, actor, action, entityId, changes, facts, ip, requestId }: AuditView) {
  return csvLine([
    at.toISOString(),
    actor.type,
    actor.id,
    actor.name,
    actor.email,
    ip,
    action,
    entityId,
    changes.length === 0 ? '' : JSON.stringify(changes),
    Object.keys(facts).length === 0 ? '' : JSON.stringify(facts),
    requestId,
    id,
  ]);
}

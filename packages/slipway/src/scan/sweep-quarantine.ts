import { and, count, eq, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { type FileRow, file } from '../file/table.ts';
import { type Project, project } from '../project/table.ts';
import { scanAttempt } from './table.ts';

interface Quarantined {
  row: FileRow;
  project: Project;
}

/** So that the next sweep, a minute later, finds this one done. */
const BUDGET_MS = 45_000;
const BATCH = 100;

/** What those watch for who are to be woken: once a minute while anything waits. Stable. */
const ALERT = 'the scanner does not answer: files wait in quarantine';

/**
 * Files that wait for a scanner: tried again when it is back, or when the project does not require it
 * any more. In no order: one that the scanner stumbles over must not always be first.
 */
export async function sweepQuarantine(
  ctx: SlipwayContext,
  settle: (found: Quarantined) => Promise<void>,
): Promise<void> {
  const until = Date.now() + BUDGET_MS;
  const tried = new Set<string>();
  for (;;) {
    const answers = await scannerAnswers(ctx);
    const batch = (await dueFiles(ctx, answers)).filter(({ row }) => !tried.has(row.id));
    for (const found of batch) {
      if (Date.now() > until) return;
      tried.add(found.row.id);
      await settle(found);
    }
    if (batch.length === 0) return answers ? undefined : alert(ctx);
  }
}

async function scannerAnswers({ scanner }: SlipwayContext): Promise<boolean> {
  if (scanner === null) return false;
  return scanner.engine().then(
    () => true,
    () => false,
  );
}

const waiting = and(eq(file.status, 'verifying'), eq(file.scan, 'pending'));
const notRequired: SQL = sql`${project.rules} ->> 'scan' is distinct from 'required'`;

function dueFiles(ctx: SlipwayContext, scannerAnswers: boolean): Promise<Quarantined[]> {
  const due = or(isNull(scanAttempt.nextAt), lte(scanAttempt.nextAt, ctx.now()));
  return ctx.db
    .select({ row: file, project })
    .from(file)
    .innerJoin(project, eq(project.id, file.projectId))
    .leftJoin(scanAttempt, eq(scanAttempt.fileId, file.id))
    .where(and(waiting, scannerAnswers ? or(notRequired, due) : notRequired))
    .orderBy(sql`random()`)
    .limit(BATCH);
}

async function alert(ctx: SlipwayContext): Promise<void> {
  const [counted] = await ctx.db.select({ files: count() }).from(file).where(waiting);
  if (counted === undefined || counted.files === 0) return;
  ctx.log.error({ files: counted.files }, ALERT);
}

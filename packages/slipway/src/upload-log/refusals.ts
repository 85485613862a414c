import { actorId } from '@repo/foundation/context';
import { perTurn, preparedOn } from '@repo/foundation/db';
import { AppError, toAppError } from '@repo/foundation/errors';
import { desc, eq, gte, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { isTestActor } from '../file/test-mode.ts';
import { uploadLog } from './table.ts';

/** So many refusals of a project in an hour have a row each; what comes more often is counted. */
const ROWS_AN_HOUR = 100;
/** From so many on routes are no longer told apart, either: their names are the caller's. */
const ROWS_WITH_ROUTES = 2 * ROWS_AN_HOUR;
const HOUR_MS = 3_600_000;
const MOST_AT_ONCE = 1000;
/** What the column holds; who reports refusals says how many each stands for. */
const MOST_REPEATS = 2_147_483_647;

type Refusal = Omit<typeof uploadLog.$inferInsert, 'id' | 'createdAt'> & { createdAt: Date };

interface Announced {
  name: string;
  size: number;
  type: string;
  route?: string | undefined;
  uploader?: string | undefined;
}

/** What a rule, a limit or a quota refuses gets its line in the project's log, and is refused as before. */
export async function loggingRefusals<T>(
  ctx: SlipwayContext,
  of: { projectId: string; upload: Announced },
  announce: () => Promise<T>,
): Promise<T> {
  try {
    return await announce();
  } catch (error) {
    if (isRefusal(error)) await note(ctx, { ...of, error });
    throw error;
  }
}

const isRefusal = (error: unknown): error is AppError =>
  error instanceof AppError && (error.status === 422 || error.code === 'custom_id_taken');

async function note(
  ctx: SlipwayContext,
  { projectId, upload, error }: { projectId: string; upload: Announced; error: AppError },
): Promise<void> {
  const { rule } = error.details ?? {};
  try {
    await writeRefusals(ctx.db)({
      projectId,
      outcome: 'refused',
      name: upload.name,
      size: upload.size,
      type: upload.type,
      code: error.code,
      message: error.message,
      rule: typeof rule === 'string' ? rule : null,
      route: upload.route ?? null,
      uploader: upload.uploader ?? null,
      isTest: isTestActor(ctx.actor),
      actorType: ctx.actor.type,
      actorId: actorId(ctx.actor),
      createdAt: ctx.now(),
    });
  } catch (reason) {
    // The refusal is the answer, whatever becomes of its line.
    ctx.log.warn({ err: toAppError(reason), projectId }, 'a refused upload is not in the log');
  }
}

/** A project's refusals one write at a time: a flood waits for itself, and is one statement. */
export const writeRefusals = preparedOn((db) =>
  perTurn(
    async (refusals: readonly Refusal[], projectId) => {
      const now = Math.max(...refusals.map(({ createdAt }) => createdAt.getTime()));
      const hour = new Date(now - (now % HOUR_MS));
      const latest = db
        .select({ at: uploadLog.createdAt })
        .from(uploadLog)
        .where(eq(uploadLog.projectId, projectId))
        .orderBy(desc(uploadLog.id))
        .limit(ROWS_WITH_ROUTES)
        .as('latest');
      const rows = await db.$count(latest, gte(latest.at, hour));
      const single = refusals.slice(0, Math.max(0, ROWS_AN_HOUR - rows));
      if (single.length > 0) await db.insert(uploadLog).values([...single]);
      const most = ROWS_WITH_ROUTES - rows - single.length;
      const folded = fold(refusals.slice(single.length), { hour, most });
      if (folded.length > 0) {
        await db
          .insert(uploadLog)
          .values(folded)
          .onConflictDoUpdate({
            target: [uploadLog.projectId, uploadLog.foldedKey],
            targetWhere: sql`folded_key is not null`,
            set: {
              repeats: sql`least(${uploadLog.repeats}::bigint + excluded.repeats, ${MOST_REPEATS})`,
              createdAt: sql`excluded.created_at`,
              name: sql`excluded.name`,
              size: sql`excluded.size`,
              type: sql`excluded.type`,
              message: sql`excluded.message`,
              rule: sql`excluded.rule`,
              uploader: sql`excluded.uploader`,
            },
          });
      }
      return refusals;
    },
    { groupBy: ({ projectId }) => projectId, most: MOST_AT_ONCE, oneAtATime: true },
  ),
);

/** One row for each code and route, and at most so many with a route: the latest of them, and their number. */
function fold(
  refusals: readonly Refusal[],
  { hour, most }: { hour: Date; most: number },
): Refusal[] {
  const groups = new Map<string, Refusal>();
  for (const refusal of refusals) {
    const at = `${refusal.isTest ? 'test ' : ''}${hour.toISOString()}`;
    const keyOf = (route: string) => `${at} ${refusal.code} ${route}`;
    const named = keyOf(refusal.route ?? '');
    const isNamed = groups.has(named) || groups.size < most;
    const key = isNamed ? named : keyOf('');
    const route = isNamed ? (refusal.route ?? null) : null;
    const repeats = (groups.get(key)?.repeats ?? 0) + (refusal.repeats ?? 1);
    groups.set(key, { ...refusal, route, repeats, foldedKey: key });
  }
  return [...groups.values()];
}

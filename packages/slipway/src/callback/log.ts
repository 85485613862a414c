import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { file, UNFINISHED } from '../file/table.ts';
import { requireProject } from '../project/internal.ts';
import { CallbackRef, ListCallbacks } from './log-schema.ts';
import { callbackAttempt, type UploadCallbackRow, uploadCallback } from './table.ts';

const PAGE = 50;
const MOST_TRIES_SHOWN = 100;

type Told = Pick<
  UploadCallbackRow,
  'fileId' | 'wire' | 'hook' | 'url' | 'state' | 'attempts' | 'nextAttemptAt' | 'lastError'
>;

export interface CallbackEntry extends Told {
  fileName: string;
  route: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

export interface CallbackDetail extends CallbackEntry {
  /** What the server answered first, as JSON; null until it did. */
  result: string | null;
  tries: {
    at: Date;
    durationMs: number;
    url: string | null;
    status: number | null;
    body: string | null;
    problem: string | null;
  }[];
}

const ENTRY = {
  fileId: uploadCallback.fileId,
  fileName: file.name,
  route: file.route,
  wire: uploadCallback.wire,
  hook: uploadCallback.hook,
  url: uploadCallback.url,
  state: uploadCallback.state,
  attempts: uploadCallback.attempts,
  nextAttemptAt: uploadCallback.nextAttemptAt,
  lastError: uploadCallback.lastError,
  createdAt: file.createdAt,
  finishedAt: uploadCallback.finishedAt,
};

/** Literally, so that indexes of some states answer it; those that wait do so for files on their way. */
function inState(state: UploadCallbackRow['state']): SQL | undefined {
  const isIn = sql`${uploadCallback.state} = ${sql.raw(`'${state}'`)}`;
  return state === 'waiting' ? and(isIn, inArray(file.status, [...UNFINISHED])) : isIn;
}

/** Which servers were told of which uploads, the newest first, a page at a time by keyset. */
export async function listCallbacks(
  ctx: SlipwayContext,
  input: ListCallbacks,
): Promise<{ data: CallbackEntry[]; nextCursor: string | null }> {
  const { id: projectId } = await requireProject(ctx, input.projectId, 'webhook.manage');
  const { state, cursor } = ListCallbacks.parse(input);
  const rows = await ctx.db
    .select(ENTRY)
    .from(file)
    .innerJoin(uploadCallback, eq(uploadCallback.fileId, file.id))
    .where(
      and(
        eq(file.projectId, projectId),
        // In the words of its index.
        sql`${file.hasCallback}`,
        state === undefined ? undefined : inState(state),
        cursor === undefined
          ? undefined
          : sql`(${file.createdAt}, ${file.id}) < (
              select last.created_at, last.id from ${file} last
              where last.id = ${cursor} and last.project_id = ${projectId})`,
      ),
    )
    .orderBy(desc(file.createdAt), desc(file.id))
    .limit(PAGE + 1);
  const data = rows.slice(0, PAGE);
  return { data, nextCursor: rows.length > PAGE ? (data.at(-1)?.fileId ?? null) : null };
}

/** One of them with every attempt that is kept, the newest first. */
export async function getCallbackDetail(
  ctx: SlipwayContext,
  input: CallbackRef,
): Promise<CallbackDetail> {
  const { id: projectId } = await requireProject(ctx, input.projectId, 'webhook.manage');
  const { fileId } = CallbackRef.parse(input);
  const [row] = await ctx.db
    .select({ ...ENTRY, result: uploadCallback.result })
    .from(file)
    .innerJoin(uploadCallback, eq(uploadCallback.fileId, file.id))
    .where(and(eq(file.projectId, projectId), eq(file.id, fileId)));
  if (row === undefined)
    throw slipwayError('not_found', `There is no callback of a file "${fileId}".`);
  const tries = await ctx.db
    .select({
      at: callbackAttempt.at,
      durationMs: callbackAttempt.durationMs,
      url: callbackAttempt.url,
      status: callbackAttempt.status,
      body: callbackAttempt.body,
      problem: callbackAttempt.problem,
    })
    .from(callbackAttempt)
    .where(eq(callbackAttempt.fileId, fileId))
    .orderBy(desc(callbackAttempt.id), asc(callbackAttempt.number))
    .limit(MOST_TRIES_SHOWN);
  return { ...row, tries };
}

import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { SlipwayContext } from '../context.ts';
import { getFileInProject } from '../file/internal.ts';
import { requireProject } from '../project/internal.ts';
import { CallbackQuery, type CallbackState } from './schema.ts';
import { callbackAttempt, type UploadCallbackRow, uploadCallback } from './table.ts';

const PAUSES_MS = [20, 40, 80, 160];
const LONGEST_PAUSE_MS = 250;

/** What came of a file's callback; waits a while for one that is on its way. */
export async function getCallback(
  ctx: SlipwayContext,
  call: { projectId: string; fileId: string; query: z.input<typeof CallbackQuery> },
): Promise<CallbackState> {
  const project = await requireProject(ctx, call.projectId, 'file.upload');
  const { waitSeconds } = CallbackQuery.parse(call.query);
  const { id } = await getFileInProject(ctx, { projectId: project.id, id: call.fileId });
  const until = performance.now() + waitSeconds * 1000;
  for (let looks = 0; ; looks += 1) {
    const [row] = await ctx.db.select().from(uploadCallback).where(eq(uploadCallback.fileId, id));
    if (row?.state !== 'pending' || performance.now() >= until) return viewOf(ctx, row);
    await wait(PAUSES_MS[looks] ?? LONGEST_PAUSE_MS);
  }
}

async function viewOf(
  ctx: SlipwayContext,
  row: UploadCallbackRow | undefined,
): Promise<CallbackState> {
  if (row === undefined)
    return { state: 'none', result: null, attempts: 0, error: null, tries: [] };
  const { fileId, state, result, attempts, lastError: error } = row;
  const tries = await ctx.db
    .select()
    .from(callbackAttempt)
    .where(eq(callbackAttempt.fileId, fileId))
    .orderBy(asc(callbackAttempt.id));
  return {
    ...{ state, result: result === null ? null : JSON.parse(result), attempts, error },
    tries: tries.map(({ number, at, durationMs, status, problem }) => ({
      ...{ number, at: at.toISOString(), durationMs, status, problem },
    })),
  };
}

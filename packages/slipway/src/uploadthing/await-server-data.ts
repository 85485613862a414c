import { setTimeout as wait } from 'node:timers/promises';
import { and, eq } from 'drizzle-orm';
import { uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { type UploadthingFileRow, uploadthingRoute } from './table.ts';

export interface ServerAnswer {
  /** What the server's `onUploadComplete` returned; null also when it did not answer yet. */
  serverData: unknown;
  /** The file is ready, but the server was not reached yet. It is told again until it answers. */
  serverPending?: true;
  /** Why not, as far as its last attempt shows. */
  serverError?: string;
}

/** Proxies cut a request that says nothing for a minute; and people think that it hangs. */
const PATIENCE_MS = 25_000;
/** A server says what it wants with an upload while it hands the URL out. */
const ROUTE_PATIENCE_MS = 5_000;
const PAUSES_MS = [20, 40, 80, 160];
const LONGEST_PAUSE_MS = 250;

/** Waits for the developer's server, where it wants that, and no longer than a person would. */
export async function awaitServerData(
  ctx: SlipwayContext,
  upload: UploadthingFileRow,
  patienceMs = PATIENCE_MS,
): Promise<ServerAnswer> {
  if (upload.slug === null) return { serverData: null };
  const start = Date.now();
  for (let looks = 0; ; looks += 1) {
    const { callback, route } = await look(ctx, upload);
    if (callback?.state === 'done')
      return { serverData: callback.result === null ? null : JSON.parse(callback.result) };
    if (route?.awaitServerData === false) return { serverData: null };
    const patience = route === null ? Math.min(ROUTE_PATIENCE_MS, patienceMs) : patienceMs;
    const givenUp = callback?.state === 'failed' || Date.now() - start >= patience;
    if (callback === null || givenUp) {
      const error = callback?.lastError ?? null;
      return {
        serverData: null,
        serverPending: true,
        ...(error === null ? {} : { serverError: error }),
      };
    }
    await wait(PAUSES_MS[looks] ?? LONGEST_PAUSE_MS);
  }
}

async function look(ctx: SlipwayContext, { fileId, projectId, key }: UploadthingFileRow) {
  const [callback = null] = await ctx.db
    .select()
    .from(uploadCallback)
    .where(eq(uploadCallback.fileId, fileId));
  const [route = null] = await ctx.db
    .select()
    .from(uploadthingRoute)
    .where(and(eq(uploadthingRoute.projectId, projectId), eq(uploadthingRoute.fileKey, key)));
  return { callback, route };
}

import { and, desc, eq } from 'drizzle-orm';
import { type UploadCallbackRow, uploadCallback } from '../callback/table.ts';
import type { SlipwayContext } from '../context.ts';
import { slipwayError } from '../errors.ts';
import { type FileRow, file } from '../file/table.ts';
import { fileUrls, ingestUrl } from './addresses.ts';
import { md5Of } from './file-hash.ts';
import { liveKeys, openSecret, signText } from './key-secret.ts';
import {
  type UploadthingFileRow,
  type UploadthingRouteRow,
  uploadthingFile,
  uploadthingKey,
  uploadthingRoute,
} from './table.ts';

export interface Callback {
  callback: UploadCallbackRow;
  upload: UploadthingFileRow;
  row: FileRow;
  /** Null until the server said what it wants to be told. */
  route: UploadthingRouteRow | null;
}

export async function loadCallback(
  ctx: SlipwayContext,
  by: { fileId: string } | { projectId: string; fileKey: string },
): Promise<Callback | undefined> {
  const match =
    'fileId' in by
      ? eq(uploadthingFile.fileId, by.fileId)
      : and(eq(uploadthingFile.projectId, by.projectId), eq(uploadthingFile.key, by.fileKey));
  const [found] = await ctx.db
    .select({
      callback: uploadCallback,
      upload: uploadthingFile,
      row: file,
      route: uploadthingRoute,
    })
    .from(uploadCallback)
    .innerJoin(uploadthingFile, eq(uploadthingFile.fileId, uploadCallback.fileId))
    .innerJoin(file, eq(file.id, uploadCallback.fileId))
    .leftJoin(
      uploadthingRoute,
      and(
        eq(uploadthingRoute.projectId, uploadthingFile.projectId),
        eq(uploadthingRoute.fileKey, uploadthingFile.key),
      ),
    )
    .where(match);
  return found;
}

export interface CallbackMessage {
  hook: 'callback' | 'error';
  payload: string;
  signature: string;
}

/** What the server is told, signed with the key that it used when it handed the URL out. */
export async function callbackMessage(
  ctx: SlipwayContext,
  { callback, upload, row, route }: Callback & { route: UploadthingRouteRow },
): Promise<CallbackMessage> {
  const body =
    callback.hook === 'callback'
      ? await completion(ctx, { upload, row, route })
      : { fileKey: upload.key, error: row.failure?.message ?? `The upload ${row.status}.` };
  const payload = JSON.stringify(body);
  return { hook: callback.hook, payload, signature: signText(await secretOf(ctx, route), payload) };
}

async function completion(
  ctx: SlipwayContext,
  { upload, row, route }: { upload: UploadthingFileRow; row: FileRow; route: UploadthingRouteRow },
) {
  return {
    status: 'uploaded',
    metadata: route.metadata,
    // Where it answers to, at /callback-result.
    origin: ingestUrl(ctx),
    file: {
      key: upload.key,
      name: row.name,
      size: row.size,
      type: row.type,
      customId: row.customId,
      ...fileUrls(ctx, upload.projectId, upload.key),
      fileHash: await md5Of(ctx, row),
    },
  };
}

/** One that was revoked meanwhile signs nothing; then the newest one does. */
async function secretOf(ctx: SlipwayContext, route: UploadthingRouteRow): Promise<string> {
  const [used] = await ctx.db
    .select()
    .from(uploadthingKey)
    .where(and(eq(uploadthingKey.id, route.keyId), eq(uploadthingKey.projectId, route.projectId)))
    .orderBy(desc(uploadthingKey.createdAt));
  const [newest] = used === undefined ? await liveKeys(ctx, route.projectId) : [used];
  if (newest === undefined) throw slipwayError('unavailable', 'The app has no key any more.');
  return openSecret(ctx, newest);
}

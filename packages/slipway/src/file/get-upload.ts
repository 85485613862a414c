import type { SlipwayContext } from '../context.ts';
import type { UploadSession } from './schema.ts';
import { storedParts } from './stored-parts.ts';
import { openUploadSession } from './upload-session.ts';

/** How far an upload in parts came, for the holder of its address. */
export async function getUpload(
  ctx: SlipwayContext,
  call: { fileId: string; query: URLSearchParams },
): Promise<UploadSession> {
  const { row } = await openUploadSession(ctx, call);
  const storage = await ctx.storages.of(row.storageId);
  const open = row.status === 'pending' ? await storedParts(ctx, { row, storage }) : null;
  return {
    id: row.id,
    status: row.status,
    size: row.size,
    partSize: row.partSize,
    partCount: Math.ceil(row.size / row.partSize),
    expiresAt: row.expiresAt.toISOString(),
    parts: (open?.parts ?? []).map(({ number, size, sha256 }) => ({
      number,
      size,
      // Where the storage compares nothing, what the client itself declared; all is read back at the end.
      sha256: sha256 ?? open?.declared.get(number) ?? null,
    })),
  };
}

import { and, eq, inArray } from 'drizzle-orm';
import type { SlipwayContext } from '../context.ts';
import { file, UNFINISHED } from '../file/table.ts';
import type { ListedMultipart, Storage } from '../storage/storage.ts';
import { storageLeftover } from '../storage-connection/table.ts';
import { ownProjects, projectIdOf } from './known-keys.ts';
import { noteSweep } from './note.ts';

/** Aborts uploads in parts that no unfinished file knows of; returns how many that were. */
export async function abortForgotten(
  ctx: SlipwayContext,
  { storage, startedAt }: { storage: Storage; startedAt: Date },
): Promise<number> {
  if (!(await storage.capabilities()).listsMultiparts) return 0;
  const before = startedAt.getTime() - ctx.config.orphanGraceSeconds * 1000;
  let aborted = 0;
  for await (const upload of storage.listMultiparts()) {
    if (upload.startedAt.getTime() > before || !(await isForgotten(ctx, storage, upload))) continue;
    await storage.abortMultipart(upload);
    const projectId = projectIdOf(upload.key) ?? null;
    const { key } = upload;
    await noteSweep(ctx.db, { projectId, action: 'aborted_multipart', key, at: ctx.now() });
    aborted += 1;
  }
  return aborted;
}

async function isForgotten(
  ctx: SlipwayContext,
  storage: Storage,
  { key, uploadId }: ListedMultipart,
): Promise<boolean> {
  // On our own disk one that does not say what it is for was cut off while it was made.
  if (key === '') return storage.kind === 'disk';
  const projectId = projectIdOf(key);
  if (projectId === undefined) return false;
  const [known] = await ctx.db
    .select({ id: file.id })
    .from(file)
    .where(and(eq(file.uploadId, uploadId), inArray(file.status, [...UNFINISHED])));
  // A move that copies a very large file.
  const [copy] = await ctx.db
    .select({ id: storageLeftover.id })
    .from(storageLeftover)
    .where(and(eq(storageLeftover.key, key), eq(storageLeftover.uploadId, uploadId)));
  return (
    known === undefined &&
    copy === undefined &&
    (await ownProjects(ctx.db, [projectId])).has(projectId)
  );
}

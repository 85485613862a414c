import type { SlipwayContext } from '../context.ts';
import type { ListedObject, Storage } from '../storage/storage.ts';
import { keysWithRows, ownProjects, projectIdOf, type StorageId } from './known-keys.ts';
import { noteSweep } from './note.ts';

/** Removes those objects that no row stands for; returns how many that were. */
export async function removeOrphans(
  ctx: SlipwayContext,
  input: { storageId: StorageId; storage: Storage; startedAt: Date; objects: ListedObject[] },
): Promise<number> {
  const { storageId, storage, startedAt, objects } = input;
  const before = startedAt.getTime() - ctx.config.orphanGraceSeconds * 1000;
  const old = objects.filter(({ key, modifiedAt }) => {
    return projectIdOf(key) !== undefined && modifiedAt.getTime() <= before;
  });
  const known = await keysWithRows(ctx.db, { storageId, keys: old.map(({ key }) => key) });
  const unknown = old.filter(({ key }) => !known.has(key));
  const ids = [...new Set(unknown.map(({ key }) => projectIdOf(key) ?? ''))];
  const own = await ownProjects(ctx.db, ids);
  let removed = 0;
  for (const { key, size } of unknown) {
    const projectId = projectIdOf(key) ?? '';
    if (!own.has(projectId)) continue;
    await storage.delete(key);
    const at = ctx.now();
    await noteSweep(ctx.db, { projectId, action: 'removed_object', key, bytes: size, at });
    removed += 1;
  }
  return removed;
}

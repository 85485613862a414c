import type { Db } from '@repo/foundation/db';
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import { standsOn } from '../file/address.ts';
import { ENDED, file, UNFINISHED } from '../file/table.ts';
import { derivative } from '../image/table.ts';
import { formerProject, project } from '../project/table.ts';
import { storageLeftover } from '../storage-connection/table.ts';

/** A storage by its id; null for that of the configuration. */
export type StorageId = string | null;

type StorageColumn =
  | typeof file.storageId
  | typeof derivative.storageId
  | typeof storageLeftover.storageId;

const inStorage = (column: StorageColumn, id: StorageId) =>
  id === null ? isNull(column) : eq(column, id);

/**
 * Of these keys, those that a row stands for: a file that lives or is yet to be erased, the place where
 * its bytes come in, a picture made from it, or what a move still has to remove. A file that lives is
 * known in every storage: several of them may be the same bucket, and nobody can tell for sure.
 */
export async function keysWithRows(
  db: Db,
  { storageId, keys }: { storageId: StorageId; keys: string[] },
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const alive = or(
    inArray(file.status, [...UNFINISHED, 'ready']),
    and(
      inArray(file.status, [...ENDED]),
      isNull(file.erasedAt),
      inStorage(file.storageId, storageId),
    ),
  );
  const [finals, incoming, derivatives, leftovers] = await Promise.all([
    db
      .select({ key: file.key })
      .from(file)
      .where(and(standsOn(...keys), alive)),
    db
      .select({ key: file.incomingKey })
      .from(file)
      .where(
        and(
          inStorage(file.storageId, storageId),
          inArray(file.incomingKey, keys),
          inArray(file.status, [...UNFINISHED]),
        ),
      ),
    db.select({ key: derivative.key }).from(derivative).where(inArray(derivative.key, keys)),
    db
      .select({ key: storageLeftover.key })
      .from(storageLeftover)
      .where(
        and(inStorage(storageLeftover.storageId, storageId), inArray(storageLeftover.key, keys)),
      ),
  ]);
  return new Set(
    [...finals, ...incoming, ...derivatives, ...leftovers].map(({ key }) => key ?? ''),
  );
}

/** The project that a key was made for; undefined when it is none of ours. */
export function projectIdOf(key: string): string | undefined {
  return /^(prj_[0-9A-Za-z]{22})(_[a-z]+)?\//.exec(key)?.[1];
}

/**
 * Of these projects, those that are or were of this installation. A bucket may be shared, and what
 * belongs to somebody else is left alone.
 */
export async function ownProjects(db: Db, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const [present, former] = await Promise.all([
    db.select({ id: project.id }).from(project).where(inArray(project.id, ids)),
    db.select({ id: formerProject.id }).from(formerProject).where(inArray(formerProject.id, ids)),
  ]);
  return new Set([...present, ...former].map(({ id }) => id));
}

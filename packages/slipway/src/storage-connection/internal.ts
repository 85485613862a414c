import type { Db, Tx } from '@repo/foundation/db';
import { and, eq } from 'drizzle-orm';
import { slipwayError } from '../errors.ts';
import type { ConnectionView } from './schema.ts';
import { type StorageConnection, storageConnection } from './table.ts';

/** The connection, when it is the project's; the answer of a missing one otherwise. */
export async function getConnectionInProject(
  db: Db | Tx,
  { projectId, storageId }: { projectId: string; storageId: string },
): Promise<StorageConnection> {
  const [row] = await db
    .select()
    .from(storageConnection)
    .where(and(eq(storageConnection.id, storageId), eq(storageConnection.projectId, projectId)));
  if (row === undefined) throw noSuchStorage(storageId);
  return row;
}

export function noSuchStorage(storageId: string) {
  return slipwayError('not_found', `There is no storage "${storageId}" in this project.`);
}

export function connectionView(row: StorageConnection): ConnectionView {
  const { id, name, address, accessKeyHint, createdAt, updatedAt } = row;
  return {
    id,
    name,
    address,
    accessKeyHint,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

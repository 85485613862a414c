import type { Db } from '@repo/foundation/db';
import type { MoveView } from '../schema.ts';
import type { StorageMove } from '../table.ts';
import { countUnfinished } from './pending-files.ts';

export async function moveView(db: Db, row: StorageMove): Promise<MoveView> {
  const { id, projectId, toId, status, movedFiles, movedBytes, problem } = row;
  const running = status === 'running';
  return {
    id,
    toId,
    status,
    // What was uploaded elsewhere meanwhile is moved, too.
    totalFiles: Math.max(row.totalFiles, movedFiles),
    totalBytes: Math.max(row.totalBytes, movedBytes),
    movedFiles,
    movedBytes,
    waitingFor: running ? await countUnfinished(db, { projectId, toId }) : 0,
    problem: running ? problem : null,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  };
}

import type { Tx } from '@repo/foundation/db';
import { usageEntry } from './table.ts';

/** Adds to the ledger inside the change's own transaction; test files count for nothing. `sign` is 1 when the file comes, -1 when it goes. */
export async function recordUsage(
  tx: Tx,
  input: {
    file: { id: string; projectId: string; size: number; isTest: boolean };
    sign: 1 | -1;
    at: Date;
    /** True when it was uploaded just now, so that it counts for its month. */
    isUpload: boolean;
  },
): Promise<void> {
  const { file, sign, at, isUpload } = input;
  if (file.isTest) return;
  await tx.insert(usageEntry).values({
    projectId: file.projectId,
    fileId: file.id,
    files: sign,
    bytes: sign * file.size,
    uploads: isUpload ? 1 : 0,
    createdAt: at,
  });
}

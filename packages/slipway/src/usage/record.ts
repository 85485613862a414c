import type { Tx } from '@repo/foundation/db';
import { usageEntry } from './table.ts';

/** Adds to the ledger inside the change's own transaction. `sign` is 1 when the file comes, -1 when it goes. */
export async function recordUsage(
  tx: Tx,
  input: { file: { id: string; projectId: string; size: number }; sign: 1 | -1; at: Date },
): Promise<void> {
  const { file, sign, at } = input;
  await tx.insert(usageEntry).values({
    projectId: file.projectId,
    fileId: file.id,
    files: sign,
    bytes: sign * file.size,
    createdAt: at,
  });
}

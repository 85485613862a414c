import type { Db, Tx } from '@repo/foundation/db';
import { type SweepAction, sweepAction } from './table.ts';

/** Tells the dashboard what the sweeper did by itself. */
export async function noteSweep(
  db: Db | Tx,
  input: {
    projectId: string | null;
    action: SweepAction;
    at: Date;
    fileId?: string;
    key?: string;
    bytes?: number;
  },
): Promise<void> {
  await db.insert(sweepAction).values(input);
}

import type { Db, Tx } from '@repo/foundation/db';
import { type SWEEP_ACTIONS, sweepAction } from './table.ts';

/** Tells the dashboard what the sweeper did by itself. */
export async function noteSweep(
  db: Db | Tx,
  input: {
    projectId: string | null;
    action: (typeof SWEEP_ACTIONS)[number];
    at: Date;
    fileId?: string;
    key?: string;
    bytes?: number;
  },
): Promise<void> {
  await db.insert(sweepAction).values(input);
}

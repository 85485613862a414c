import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import type { Usage } from '../usage/usage-of.ts';
import type { ReconcileResult } from './reconcile.ts';
import type { SweepAction } from './table.ts';

export const ByProject = z.object({ projectId: anyId });

/** What the sweeper did for a project, and how the last comparison of its storage went. */
export interface Upkeep {
  /** Of the last seven days, by kind. */
  counts: Partial<Record<SweepAction, number>>;
  /** Newest first. */
  actions: SweepActionView[];
  lastRun: (ReconcileResult & { startedAt: string; endedAt: string }) | null;
  usage: Usage;
}

export interface SweepActionView {
  id: number;
  action: SweepAction;
  fileId: string | null;
  fileName: string | null;
  key: string | null;
  bytes: number | null;
  at: string;
}

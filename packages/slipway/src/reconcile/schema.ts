import { z } from 'zod';
import { anyId } from '../storable-text.ts';

export const ByProject = z.object({ projectId: anyId });

/** What the sweeper did for a project, and how the last comparison of its storage went. */
export interface Upkeep {
  /** Of the last seven days, by kind. */
  counts: Partial<Record<SweepActionView['action'], number>>;
  /** Newest first. */
  actions: SweepActionView[];
  lastRun: {
    startedAt: string;
    endedAt: string;
    objects: number;
    removedObjects: number;
    lostObjects: number;
    abortedMultiparts: number;
  } | null;
  usage: { files: number; bytes: number; reservedFiles: number; reservedBytes: number };
}

export interface SweepActionView {
  id: number;
  action:
    | 'completed'
    | 'rejected'
    | 'expired'
    | 'erased'
    | 'aborted_multipart'
    | 'removed_object'
    | 'lost_object'
    | 'damaged_object';
  fileId: string | null;
  fileName: string | null;
  key: string | null;
  bytes: number | null;
  at: string;
}

import { z } from 'zod';
import type { SkippedScene } from './table.ts';

export const ListBatches = z.object({ listingId: z.string() });
export type ListBatches = z.input<typeof ListBatches>;

export const BatchRef = z.object({ batchId: z.string() });
export type BatchRef = z.input<typeof BatchRef>;

/** Scenes that were started together, and how far they are. */
export interface Batch {
  id: string;
  listingId: string;
  /** Who started it; null for who has left. */
  startedBy: string | null;
  createdAt: Date;
  pausedAt: Date | null;
  cancelledAt: Date | null;
  endedAt: Date | null;
  total: number;
  queued: number;
  running: number;
  done: number;
  failed: number;
  cancelled: number;
  /** 0..1 over all of its scenes. */
  progress: number;
  /** What it paid for, what its work under way holds, and what came back of what failed or was cancelled. */
  credits: { spent: number; held: number; returned: number };
  failures: BatchFailure[];
  skipped: (SkippedScene & { position: number | null })[];
}

export interface BatchFailure {
  enhancementId: string;
  sceneId: string;
  position: number | null;
  label: string | null;
  reason: string;
  /** Trying again may help. */
  retryable: boolean;
}

import { z } from 'zod';
import { Adjustments } from './adjustments.ts';
import type { Alterations } from './alterations.ts';
import { PRESET_NAMES } from './presets.ts';
import { ENHANCEMENT_STATUSES, type REVIEW_STATES, type ReviewReason } from './table.ts';

export const Preset = z.enum(PRESET_NAMES);
export type Preset = z.infer<typeof Preset>;

export const StartEnhancement = z.object({
  sceneId: z.string(),
  preset: Preset.default('natural'),
  adjustments: Adjustments.default({}),
});
export type StartEnhancement = z.input<typeof StartEnhancement>;

export const StartListing = z.object({
  listingId: z.string(),
  preset: Preset.default('natural'),
  adjustments: Adjustments.default({}),
});
export type StartListing = z.input<typeof StartListing>;

export const EnhancementQuote = StartListing.extend({ sceneId: z.string().optional() });
export type EnhancementQuote = z.input<typeof EnhancementQuote>;

export interface Quote {
  /** How many would be started. */
  scenes: number;
  credits: number;
  /** What there is to spend. */
  available: number;
}

export const PageEnhancements = z.object({
  listingId: z.string(),
  status: z.enum(ENHANCEMENT_STATUSES).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type PageEnhancements = z.input<typeof PageEnhancements>;

export const EnhancementRef = z.object({ enhancementId: z.string() });
export type EnhancementRef = z.input<typeof EnhancementRef>;

export const SceneEnhancements = z.object({ sceneId: z.string() });
export type SceneEnhancements = z.input<typeof SceneEnhancements>;

export type EnhancementStatus = (typeof ENHANCEMENT_STATUSES)[number];

export type ReviewState = (typeof REVIEW_STATES)[number];

/** What fell below a threshold, in words, and what a person decided. */
export interface Review {
  state: ReviewState;
  reasons: ReviewReason[];
  note: string | null;
  at: Date | null;
}

export interface Enhancement {
  id: string;
  sceneId: string;
  listingId: string;
  status: EnhancementStatus;
  preset: string;
  /** What was changed of the look. */
  adjustments: Adjustments;
  /** 0..1 */
  progress: number;
  /** What happens right now, in words. */
  step: string | null;
  attempt: number;
  /** Why it failed, in words for the photographer; `retryable` when trying again may help. */
  failure: { code: string; reason: string; retryable: boolean } | null;
  engineVersion: string | null;
  /** What the engine did and measured, step by step. */
  report: Record<string, unknown> | null;
  /** What was done, in words, and whether it is more than photographic work; set when done. */
  alterations: Alterations | null;
  /** What of the middle exposure the result shows, in that exposure's pixels. */
  crop: Record<string, unknown> | null;
  width: number | null;
  height: number | null;
  inputPhotoIds: string[];
  /** The scene's frames have changed since. */
  outdated: boolean;
  /** Null for what the engine has no complaint about. */
  review: Review | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The small picture that comes first: there while the work at full size goes on, and no longer. */
  firstLook: { url: string; width: number; height: number } | null;
  /** Set when done. */
  urls: { thumb: string; preview: string; full: string } | null;
}

/** What came of asking for a whole listing. */
export interface StartedListing {
  started: Enhancement[];
  /** Scenes left out, with the reason. */
  skipped: { sceneId: string; code: string; reason: string }[];
}

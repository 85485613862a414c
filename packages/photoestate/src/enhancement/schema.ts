import { z } from 'zod';
import { Adjustments } from './adjustments.ts';
import type { Alterations } from './alterations.ts';
import { PRESET_NAMES } from './presets.ts';
import { ENHANCEMENT_STATUSES, type REVIEW_STATES, type ReviewReason } from './table.ts';

export const Preset = z.enum(PRESET_NAMES);
export type Preset = z.infer<typeof Preset>;

/** What the studio calls a look of its own. */
export const LookName = z
  .string({ error: 'expected a name' })
  .trim()
  .min(1, 'expected a name')
  .max(60, 'expected at most 60 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'expected a single line without control characters');

/** A look, what is changed of it, and what it is called. */
export const Look = z.object({
  preset: Preset.default('natural'),
  adjustments: Adjustments.default({}),
  lookName: LookName.nullable().default(null),
});
export type Look = z.output<typeof Look>;

export const StartEnhancement = Look.extend({ sceneId: z.string() });
export type StartEnhancement = z.input<typeof StartEnhancement>;

export const StartListing = Look.extend({
  listingId: z.string(),
  /** Left out: all scenes of the listing. */
  sceneIds: z.array(z.string()).min(1).max(2_000).optional(),
  /** Scenes that have settings of their own are enhanced in those. */
  ownSettings: z.boolean().default(true),
});
export type StartListing = z.input<typeof StartListing>;

export const EnhancementQuote = StartListing.extend({ sceneId: z.string().optional() });
export type EnhancementQuote = z.input<typeof EnhancementQuote>;

export interface Quote {
  /** How many would be started. */
  scenes: number;
  /** How many of those asked for have a finished photo in that look. */
  finished: number;
  /** How many of those that would be started have settings of their own. */
  own: number;
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
  /** What the studio calls the look, where it is one of its own. */
  lookName: string | null;
  /** With which others it was started. */
  batchId: string | null;
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
  /** Who signed its Content Credentials (C2PA); null for a photo without. */
  signedBy: string | null;
  /** What the engine did and measured, step by step. */
  report: Record<string, unknown> | null;
  /** What was done, in words, and whether it is more than photographic work; set when done. */
  alterations: Alterations | null;
  /** What of the middle exposure the result shows, and where its corners lie there, in that exposure's pixels. */
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

/** What came of asking for a whole listing, or for a selection. */
export interface StartedListing {
  batchId: string;
  started: Enhancement[];
  /** Scenes left out, with the reason. */
  skipped: { sceneId: string; code: string; reason: string }[];
}

import { z } from 'zod';
import { type Enhancement, EnhancementRef, Look } from '../enhancement/schema.ts';

export const ListReviews = z.object({
  /** Left out: of all organizations in which the caller may see listings. */
  organizationId: z.string().optional(),
  listingId: z.string().optional(),
});
export type ListReviews = z.input<typeof ListReviews>;

export const RejectReview = EnhancementRef.extend({
  /** Why, for whoever photographed it. */
  note: z.string().trim().max(500, 'expected at most 500 characters').optional(),
});
export type RejectReview = z.input<typeof RejectReview>;

export const AdjustReview = Look.extend({ enhancementId: z.string() });
export type AdjustReview = z.input<typeof AdjustReview>;

/** A scene whose result waits for a person. */
export interface ReviewItem {
  /** The result, with the reasons. */
  version: Enhancement;
  scene: { id: string; position: number; label: string | null; exposures: number };
  listing: { id: string; address: string };
  /** Of the middle exposure. */
  original: { thumb: string | null; preview: string | null } | null;
  /** Another version is on its way. */
  adjusting: boolean;
  /** Whether the caller may decide. */
  decidable: boolean;
}

export interface ReviewList {
  items: ReviewItem[];
  /** More wait than are listed. */
  hasMore: boolean;
}

export interface Decided {
  version: Enhancement;
  /** What was given back, all in all, because it was rejected. */
  credits: number;
}

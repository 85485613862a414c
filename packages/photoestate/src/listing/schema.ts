import { z } from 'zod';
import { LISTING_STATUSES } from './table.ts';

const address = z
  .string({ error: 'expected an address' })
  .trim()
  .min(1, 'expected an address')
  .max(200, 'expected at most 200 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'expected a single line without control characters');

export const ListingStatus = z.enum(LISTING_STATUSES);
export type ListingStatus = z.infer<typeof ListingStatus>;

export const CreateListing = z.object({
  address,
  /** Left out: the user's first organization. */
  organizationId: z.string().optional(),
});
export type CreateListing = z.input<typeof CreateListing>;

export const UpdateListing = z.object({
  listingId: z.string(),
  address: address.optional(),
  /** `processing` is set by the work itself. */
  status: ListingStatus.exclude(['processing']).optional(),
});
export type UpdateListing = z.input<typeof UpdateListing>;

export const ListingRef = z.object({ listingId: z.string() });
export type ListingRef = z.input<typeof ListingRef>;

export const ListListings = z.object({
  /** Left out: all of the user's organizations. */
  organizationId: z.string().optional(),
  /** Part of the address. */
  q: z.string().trim().max(200).optional(),
  status: ListingStatus.optional(),
  cursor: z.string().optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListListings = z.input<typeof ListListings>;

export interface Listing {
  id: string;
  organizationId: string;
  address: string;
  status: ListingStatus;
  createdAt: Date;
  updatedAt: Date;
}

export interface ListingSummary extends Listing {
  photoCount: number;
  sceneCount: number;
  /** Scenes that have at least one finished photo. */
  enhancedCount: number;
  /** Address of a small picture: the newest result, else the first photo. */
  coverUrl: string | null;
}

export interface ListingPage {
  items: ListingSummary[];
  nextCursor: string | null;
}

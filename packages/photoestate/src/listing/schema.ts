import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { LISTING_STATUSES } from './table.ts';

const singleLine = /^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}]*$/u;
const SINGLE_LINE = 'expected a single line without control characters';

const address = z
  .string({ error: 'expected an address' })
  .trim()
  .min(1, 'expected an address')
  .max(200, 'expected at most 200 characters')
  .regex(singleLine, SINGLE_LINE);

const mlsId = z
  .string()
  .trim()
  .max(40, 'expected at most 40 characters')
  .regex(singleLine, SINGLE_LINE)
  .transform((id) => (id === '' ? null : id))
  .nullable();

const tag = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, 'expected a tag')
  .max(40, 'expected at most 40 characters')
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}\p{Cs},#]*$/u, 'expected a tag without commas and #');

const day = z.iso
  .date('expected a day such as 2026-05-31')
  .refine((text) => text >= '1900-01-01', 'expected a day since 1900');

const notes = z
  .string()
  .trim()
  .max(5000, 'expected at most 5000 characters')
  .regex(/^[^\0\p{Cs}]*$/u, 'expected well-formed text without NUL characters');

const fields = {
  mlsId: mlsId.optional(),
  /** A member of the organization. */
  agentId: anyId.nullable().optional(),
  shootDate: day.nullable().optional(),
  notes: notes.optional(),
  tags: z
    .array(tag)
    .max(20, 'expected at most 20 tags')
    .transform((tags) => [...new Set(tags)])
    .optional(),
};

export const ListingStatus = z.enum([...LISTING_STATUSES, 'archived']);
export type ListingStatus = z.infer<typeof ListingStatus>;

export const CreateListing = z.object({
  address,
  /** Left out: the user's first organization. */
  organizationId: anyId.optional(),
  ...fields,
});
export type CreateListing = z.input<typeof CreateListing>;

/** What is left out stays as it is. The status is not to be chosen: it says what happened. */
export const UpdateListing = z.object({
  listingId: anyId,
  address: address.optional(),
  ...fields,
});
export type UpdateListing = z.input<typeof UpdateListing>;

export const ListingRef = z.object({ listingId: anyId });
export type ListingRef = z.input<typeof ListingRef>;

export const ListingRefs = z.object({
  listingIds: z
    .array(anyId)
    .min(1, 'expected at least one listing')
    .max(500, 'expected at most 500 listings'),
});
export type ListingRefs = z.input<typeof ListingRefs>;

/** Latest first; addresses by the alphabet. */
export const ListingSort = z.enum(['created', 'changed', 'shoot', 'address']);
export type ListingSort = z.infer<typeof ListingSort>;

export const ListListings = z.object({
  /** Left out: all of the user's organizations. */
  organizationId: anyId.optional(),
  /** Parts of the address, the MLS id, a tag, or the agent's name: each word is in one of them. */
  q: z
    .string()
    .trim()
    .max(200, 'expected at most 200 characters')
    .regex(/^[^\0\p{Cs}]*$/u, 'expected well-formed text without NUL characters')
    .optional(),
  /** Left out: all but archived ones. */
  status: ListingStatus.optional(),
  agentId: anyId.optional(),
  tag: tag.optional(),
  /** Days, the first and the last. */
  shotFrom: day.optional(),
  shotTo: day.optional(),
  sort: ListingSort.default('created'),
  cursor: z.string().max(1000).optional(),
  limit: z.int().min(1).max(100).default(50),
});
export type ListListings = z.input<typeof ListListings>;

export interface Listing {
  id: string;
  organizationId: string;
  address: string;
  mlsId: string | null;
  agent: { id: string; name: string } | null;
  /** `2026-05-31`, where the property is. */
  shootDate: string | null;
  notes: string;
  tags: string[];
  status: ListingStatus;
  archivedAt: Date | null;
  deliveredAt: Date | null;
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

export const ListActivity = z.object({
  listingId: anyId,
  cursor: z.string().max(200).optional(),
});
export type ListActivity = z.input<typeof ListActivity>;

/** One thing that somebody did, or the same thing many times in a row. */
export interface Activity {
  id: string;
  /** As in the audit log: `photo.added`. */
  action: string;
  /** Null: we did it ourselves. */
  who: string | null;
  /** How often, and between when. */
  count: number;
  since: Date;
  at: Date;
  /** What the last one says of itself. */
  data: Record<string, unknown>;
}

export interface ActivityPage {
  items: Activity[];
  nextCursor: string | null;
}

export const ByOrganization = z.object({ organizationId: anyId });
export type ByOrganization = z.input<typeof ByOrganization>;

/** What listings of an organization may be narrowed to. */
export interface ListingChoices {
  agents: { id: string; name: string }[];
  tags: string[];
}

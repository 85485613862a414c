import { z } from 'zod';
import type { Unfinished } from '../review/deliverable.ts';
import { SIZE_NAMES, USUAL_SIZES } from './sizes.ts';
import { DECISIONS } from './table.ts';

const MAX_PHOTOS = 1_000;

/** One line, as names are. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `expected at most ${most} characters`)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'expected a single line without control characters');

/** Several lines, and nothing that turns or hides text. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `expected at most ${most} characters`)
    .regex(
      /^(?:[^\p{Cc}\u202A-\u202E\u2066-\u2069]|[\n\r\t])*$/u,
      'expected text without control characters',
    );

const Pin = z.string().regex(/^\d{4,12}$/, 'expected 4 to 12 digits');

const Recipients = z
  .array(z.email('expected an e-mail address').max(254).toLowerCase())
  .max(20, 'expected at most 20 addresses')
  .transform((addresses) => [...new Set(addresses)]);

const PhotoChoice = z.object({ sceneId: z.string(), title: line(60).nullish() });

const Photos = z
  .array(PhotoChoice)
  .min(1, 'expected at least one photo')
  .max(MAX_PHOTOS)
  .refine(
    (photos) => new Set(photos.map(({ sceneId }) => sceneId)).size === photos.length,
    'expected each scene once',
  );

const Terms = z.object({
  recipients: Recipients,
  message: words(2_000).nullable(),
  /** Null: the link is enough. */
  pin: Pin.nullable(),
  /** Null: until it is revoked. */
  expiresAt: z.date().nullable(),
  branded: z.boolean(),
  watermark: z.boolean(),
  sizes: z.array(z.enum(SIZE_NAMES)).max(SIZE_NAMES.length),
});

export const CreateDelivery = Terms.partial().extend({
  listingId: z.string(),
  /** In this order; left out: every finished photo in the order of the shoot. */
  photos: Photos.optional(),
  sizes: Terms.shape.sizes.default([...USUAL_SIZES]),
  recipients: Recipients.default([]),
});
export type CreateDelivery = z.input<typeof CreateDelivery>;

export const UpdateDelivery = Terms.partial().extend({
  deliveryId: z.string(),
  photos: Photos.optional(),
  paid: z.boolean().optional(),
  /** When it had last been changed, for who changes it: if somebody else has meanwhile, nothing is changed. */
  updatedAt: z.date().optional(),
});
export type UpdateDelivery = z.input<typeof UpdateDelivery>;

export const DeliveryRef = z.object({ deliveryId: z.string() });
export type DeliveryRef = z.input<typeof DeliveryRef>;

export const ListDeliveries = z.object({ listingId: z.string() });
export type ListDeliveries = z.input<typeof ListDeliveries>;

export const VisitorRef = z.object({ visitorId: z.string() });
export type VisitorRef = z.input<typeof VisitorRef>;

export const AnswerComment = z.object({
  commentId: z.string(),
  body: words(2_000).min(1, 'expected some words'),
});
export type AnswerComment = z.input<typeof AnswerComment>;

export const ModerateComment = z.object({
  commentId: z.string(),
  resolved: z.boolean().optional(),
  hidden: z.boolean().optional(),
});
export type ModerateComment = z.input<typeof ModerateComment>;

/** What visitors send. */
export const OpenGallery = z.object({
  token: z.string().max(200),
  pin: z.string().max(64).optional(),
});
export type OpenGallery = z.input<typeof OpenGallery>;

export const VisitorName = z.object({ name: line(60).min(1, 'expected a name') });

export const Favourite = z.object({ photoId: z.string(), on: z.boolean() });
export type Favourite = z.input<typeof Favourite>;

const share = z.number().min(0).max(1);

export const AddComment = VisitorName.extend({
  /** Made by who writes it, so that it is the same comment when it is sent again; left out: chosen here. */
  id: z
    .string()
    .regex(/^cmt_[0-9A-Za-z]{22}$/, 'expected cmt_ and 22 characters')
    .optional(),
  body: words(2_000).min(1, 'expected some words'),
  /** Left out: about all of them. */
  photoId: z.string().nullish(),
  spot: z.object({ x: share, y: share }).nullish(),
  replyTo: z.string().nullish(),
}).refine(({ photoId, spot }) => spot == null || photoId != null, {
  error: 'expected the photo that the spot is in',
  path: ['photoId'],
});
export type AddComment = z.input<typeof AddComment>;

export const Decide = VisitorName.extend({
  /** Left out: about all of them. */
  photoId: z.string().nullish(),
  /** Null takes it back. */
  decision: z.enum(DECISIONS).nullable(),
  note: words(2_000).nullish(),
  /**
   * What becomes of photos of which changes are asked for when all are approved: those, too, or the others only. Left
   * out: nobody was asked, and all is as it was where there are such photos.
   */
  open: z.enum(['approve', 'leave']).optional(),
  /** With "approve": of which photos it was seen that changes are asked for. Where there are more, nothing is approved. */
  seen: z.array(z.string()).max(10_000).optional(),
});
export type Decide = z.input<typeof Decide>;

export type Decision = (typeof DECISIONS)[number];

export interface Decided {
  decision: Decision;
  note: string | null;
  by: string;
  /** ISO 8601, as all times that visitors get. */
  at: string;
}

export interface PhotoAnswer {
  id: string;
  decided: Decided | null;
}

/** What holds now: of all photos together, and of those that were decided along with them. */
export interface Answered {
  decided: Decided | null;
  photos: PhotoAnswer[];
}

export interface GalleryComment {
  id: string;
  photoId: string | null;
  replyTo: string | null;
  author: string;
  /** Written by the studio. */
  studio: boolean;
  /** Written by this visitor. */
  mine: boolean;
  body: string;
  spot: { x: number; y: number } | null;
  resolved: boolean;
  createdAt: string;
}

export interface GalleryPhoto {
  id: string;
  title: string | null;
  /** The name of its file, without the ending. */
  name: string;
  width: number;
  height: number;
  /** Another one for another version of it. */
  version: string;
  /** There is an exposure to lay beside it. */
  before: boolean;
  /** What of that exposure it shows, and where its corners lie there. */
  crop: Record<string, unknown> | null;
  /** What was put in, taken out or replaced, in words; empty where nothing was. */
  altered: string[];
  /** All that was done, in order, in words; null where that was not recorded. */
  done: string[] | null;
  /**
   * Every file of it that may be saved carries Content Credentials (C2PA), signed by whom the certificate names; null
   * name on pages that name nobody. Null where that does not hold, or not yet.
   */
  credentials: { by: string | null } | null;
  favourite: boolean;
  decided: Decided | null;
}

export interface GalleryBrand {
  name: string;
  /** To be asked for with the ticket. */
  logo: string | null;
  /** `#rrggbb` */
  accent: string | null;
  background: string | null;
}

/** All that a visitor's page shows. */
export interface Gallery {
  id: string;
  address: string;
  message: string | null;
  brand: GalleryBrand | null;
  /** Only with a watermark, until it is paid. */
  locked: boolean;
  /** What lets pictures be shown and saved, added to their addresses. */
  ticket: string;
  sizes: { name: string; label: string; detail: string }[];
  photos: GalleryPhoto[];
  comments: GalleryComment[];
  decided: Decided | null;
  /** Photos whose copies are all there. */
  prepared: number;
  visitor: { name: string | null } | null;
  /** A member of the studio looks at it: nothing is counted. */
  studio: boolean;
}

export interface DeliveredPhoto {
  id: string;
  sceneId: string;
  /** What the studio knows it as; null where that scene is no more. */
  scene: { position: number; label: string | null } | null;
  title: string | null;
  name: string;
  thumbUrl: string;
  width: number;
  height: number;
  /** There is a newer version than the one that was delivered. */
  outdated: boolean;
  favourites: number;
  /** What was put in, taken out or replaced, in words; empty where nothing was. */
  altered: string[];
  /** Who signed every file of it that may be saved; null where not all are signed, or there. */
  signedBy: string | null;
  decided: Decided | null;
}

export interface DeliveryVisitor {
  id: string;
  name: string | null;
  opened: number;
  downloads: number;
  /** The photos that they like, in the order of the delivery. */
  favourites: string[];
  lastSeenAt: Date;
  firstSeenAt: Date;
}

/** What one client likes, as scenes of the listing. */
export interface VisitorFavourites {
  visitorId: string;
  name: string | null;
  listingId: string;
  sceneIds: string[];
}

/** What a client said about one photo, and waits to be dealt with. */
export interface OpenRequest {
  /** Of the comment, or of the photo of which a change is asked for. */
  id: string;
  kind: 'change' | 'comment';
  deliveryId: string;
  photoId: string;
  /** Where its frames lie; null where none are left. */
  sceneId: string | null;
  /** Its place in the delivery, 1, 2, 3…, and what it is called there. */
  number: number;
  title: string | null;
  /** The version that the client saw. */
  enhancementId: string;
  thumbUrl: string;
  width: number;
  height: number;
  /** Null where nothing was said. */
  words: string | null;
  by: string;
  at: Date;
  spot: { x: number; y: number } | null;
}

export interface StudioComment extends Omit<GalleryComment, 'mine'> {
  hidden: boolean;
}

/** As the studio sees it. */
export interface Delivery {
  id: string;
  listingId: string;
  /** Null when a new link has to be made. */
  url: string | null;
  state: 'open' | 'expired' | 'revoked';
  recipients: string[];
  message: string | null;
  hasPin: boolean;
  expiresAt: Date | null;
  revokedAt: Date | null;
  branded: boolean;
  watermark: boolean;
  paidAt: Date | null;
  sizes: string[];
  /** What may be saved right now: while it is not paid, with the watermark alone. */
  offered: { name: string; label: string; detail: string }[];
  announcedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  decided: Decided | null;
  photos: DeliveredPhoto[];
  prepared: number;
  visitors: DeliveryVisitor[];
  comments: StudioComment[];
}

/** A finished photo that could be delivered. */
export interface Deliverable {
  sceneId: string;
  position: number;
  label: string | null;
  thumbUrl: string;
  width: number;
  height: number;
}

export interface DeliveriesOfListing {
  /** Whether mails leave this server at all. */
  isMailed: boolean;
  /** What new links begin with. */
  usual: { branded: boolean; watermark: boolean; sizes: string[] };
  deliverable: Deliverable[];
  /** How many scenes are not finished, and why. */
  unfinished: Record<Unfinished, number>;
  deliveries: Delivery[];
}

/** One line of what was delivered to a signed-in client. */
export interface DeliveredToMe {
  id: string;
  address: string;
  organizationName: string;
  photos: number;
  coverUrl: string | null;
  deliveredAt: Date;
  decision: Decision | null;
}

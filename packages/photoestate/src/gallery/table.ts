import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { organization } from '@repo/foundation/organization';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { enhancement } from '../enhancement/table.ts';
import { listing } from '../listing/table.ts';
import { scene } from '../scene/table.ts';

export const DECISIONS = ['approved', 'changes'] as const;

/** A link to a listing's finished photos, for people without an account. */
export const delivery = pgTable(
  'delivery',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    organizationId: text('organization_id')
      .notNull()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** SHA-256 of the link's token, which is nowhere stored: it follows from the id and a key of the server. */
    tokenHash: text('token_hash').notNull().unique(),
    /** A new link is the next number, so that the old one is nobody's. */
    linkNumber: integer('link_number').notNull().default(1),
    /** Counts up whenever those who are in have to show again that they may be: a new PIN, a new link, revoked. */
    pass: integer('pass').notNull().default(1),
    recipients: jsonbOf<string[]>('recipients').notNull(),
    message: text('message'),
    pinHash: text('pin_hash'),
    expiresAt: timestamptz('expires_at'),
    revokedAt: timestamptz('revoked_at'),
    branded: boolean('branded').notNull().default(true),
    /** Until it is paid there are no photos without a watermark. */
    watermark: boolean('watermark').notNull().default(false),
    paidAt: timestamptz('paid_at'),
    /** Names of sizes that may be downloaded. */
    sizes: jsonbOf<string[]>('sizes').notNull(),
    decision: text('decision', { enum: DECISIONS }),
    decisionNote: text('decision_note'),
    decidedBy: text('decided_by'),
    decidedAt: timestamptz('decided_at'),
    /** Told to its recipients. */
    announcedAt: timestamptz('announced_at'),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    updatedAt: timestamptz('updated_at').notNull().defaultNow(),
  },
  (table) => [
    index('delivery_listing').on(table.listingId, table.createdAt),
    index('delivery_organization').on(table.organizationId, table.createdAt),
  ],
);

/** One photo of a delivery: a version, as it was chosen. Its id is all that visitors get to know of it. */
export const deliveryPhoto = pgTable(
  'delivery_photo',
  {
    id: text('id').primaryKey(),
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => delivery.id, { onDelete: 'cascade' }),
    sceneId: text('scene_id')
      .notNull()
      .references(() => scene.id, { onDelete: 'cascade' }),
    enhancementId: text('enhancement_id')
      .notNull()
      .references(() => enhancement.id, { onDelete: 'cascade' }),
    position: integer('position').notNull(),
    /** What it shows, in a word or two; becomes part of file names. */
    title: text('title'),
    decision: text('decision', { enum: DECISIONS }),
    decisionNote: text('decision_note'),
    decidedBy: text('decided_by'),
    decidedAt: timestamptz('decided_at'),
  },
  (table) => [
    unique('delivery_photo_scene').on(table.deliveryId, table.sceneId),
    index('delivery_photo_enhancement').on(table.enhancementId),
    index('delivery_photo_scene_id').on(table.sceneId),
  ],
);

/** A browser that opened a link, or a member who opened what was delivered to them. */
export const galleryVisitor = pgTable(
  'gallery_visitor',
  {
    id: text('id').primaryKey(),
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => delivery.id, { onDelete: 'cascade' }),
    userId: text('user_id'),
    name: text('name'),
    opened: integer('opened').notNull().default(1),
    downloads: integer('downloads').notNull().default(0),
    lastDownloadAt: timestamptz('last_download_at'),
    lastSeenAt: timestamptz('last_seen_at').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('gallery_visitor_delivery').on(table.deliveryId, table.lastSeenAt),
    unique('gallery_visitor_user').on(table.deliveryId, table.userId),
  ],
);

export const galleryFavourite = pgTable(
  'gallery_favourite',
  {
    visitorId: text('visitor_id')
      .notNull()
      .references(() => galleryVisitor.id, { onDelete: 'cascade' }),
    photoId: text('photo_id')
      .notNull()
      .references(() => deliveryPhoto.id, { onDelete: 'cascade' }),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.visitorId, table.photoId] }),
    index('gallery_favourite_photo').on(table.photoId),
  ],
);

/** What somebody said about a delivery, a photo of it, or a spot in that. */
export const galleryComment = pgTable(
  'gallery_comment',
  {
    id: text('id').primaryKey(),
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => delivery.id, { onDelete: 'cascade' }),
    photoId: text('photo_id').references(() => deliveryPhoto.id, { onDelete: 'cascade' }),
    /** The comment that it answers. */
    replyTo: text('reply_to').references((): AnyPgColumn => galleryComment.id, {
      onDelete: 'cascade',
    }),
    visitorId: text('visitor_id').references(() => galleryVisitor.id, { onDelete: 'set null' }),
    /** Of the studio, where a member answered. */
    userId: text('user_id'),
    author: text('author').notNull(),
    body: text('body').notNull(),
    /** Shares of the photo's width and height. */
    x: doublePrecision('x'),
    y: doublePrecision('y'),
    resolvedAt: timestamptz('resolved_at'),
    /** Taken out of sight by the studio. */
    hiddenAt: timestamptz('hidden_at'),
    createdAt: createdAt(),
  },
  (table) => [
    index('gallery_comment_delivery').on(table.deliveryId, table.createdAt),
    // For what goes: photos that are no longer chosen, visitors who are forgotten, comments that are taken back.
    index('gallery_comment_photo').on(table.photoId),
    index('gallery_comment_visitor').on(table.visitorId),
    index('gallery_comment_reply_to').on(table.replyTo),
  ],
);

/** A file made for deliveries, or the original's own: its length and CRC are known, so that an archive's are. */
export const deliveryCopy = pgTable(
  'delivery_copy',
  {
    id: text('id').primaryKey(),
    listingId: text('listing_id')
      .notNull()
      .references(() => listing.id, { onDelete: 'cascade' }),
    /** The file that it was made from. */
    sourceFileId: text('source_file_id').notNull(),
    kind: text('kind').notNull(),
    /** What is written across it; empty where nothing is. */
    mark: text('mark').notNull().default(''),
    fileId: text('file_id').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull(),
    crc32: bigint('crc32', { mode: 'number' }).notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** Whom the certificate names that signed its Content Credentials; null for a copy without, and for originals. */
    signedBy: text('signed_by'),
    createdAt: createdAt(),
  },
  (table) => [
    unique('delivery_copy_once').on(table.sourceFileId, table.kind, table.mark),
    index('delivery_copy_listing').on(table.listingId),
    index('delivery_copy_file').on(table.fileId),
  ],
);

export type DeliveryRow = typeof delivery.$inferSelect;
export type DeliveryPhotoRow = typeof deliveryPhoto.$inferSelect;
export type GalleryVisitorRow = typeof galleryVisitor.$inferSelect;
export type GalleryCommentRow = typeof galleryComment.$inferSelect;
export type DeliveryCopyRow = typeof deliveryCopy.$inferSelect;

import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sealedText } from '@repo/foundation/sealing';
import { boolean, index, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';
import { project } from '../project/table.ts';

export const ACLS = ['public-read', 'private'] as const;
export type Acl = (typeof ACLS)[number];
export const DISPOSITIONS = ['inline', 'attachment'] as const;

/**
 * Keys of unmodified UploadThing SDKs. Those sign URLs and check callbacks by HMAC with the key itself,
 * so that here it has to be known again: sealed, not hashed. None of them opens our own API.
 */
export const uploadthingKey = pgTable(
  'uploadthing_key',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** Sealed with AES-256-GCM for this row; see `sealing/seal.ts`. */
    secret: sealedText('secret').notNull(),
    /** SHA-256, hex: by it a request's key is found. */
    hash: text('hash').notNull().unique(),
    last4: text('last4').notNull(),
    createdAt: createdAt(),
    lastUsedAt: timestamptz('last_used_at'),
    /** Set when a newer one took its place: until then both work. */
    expiresAt: timestamptz('expires_at'),
  },
  (table) => [index('uploadthing_key_project').on(table.projectId, table.createdAt)],
);
export type UploadthingKeyRow = typeof uploadthingKey.$inferSelect;

/** What UploadThing's protocol knows of a file beyond our own. */
export const uploadthingFile = pgTable(
  'uploadthing_file',
  {
    fileId: text('file_id')
      .primaryKey()
      .references(() => file.id, { onDelete: 'cascade' }),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    /** Made by the SDK. Never free again: an address that was given out shows no other file later. */
    key: text('key').notNull(),
    /** Of the URL by which it is uploaded: with another one the key is taken. */
    signature: text('signature').notNull(),
    slug: text('slug'),
    /** Null for what the project's rules say. */
    acl: text('acl', { enum: ACLS }),
    disposition: text('disposition', { enum: DISPOSITIONS }).notNull(),
    /** Hex; null until it is asked for, where the bytes came in several requests. */
    md5: text('md5'),
    createdAt: createdAt(),
  },
  (table) => [
    uniqueIndex('uploadthing_file_project_key').on(table.projectId, table.key),
    index('uploadthing_file_key').on(table.key, table.createdAt),
  ],
);
export type UploadthingFileRow = typeof uploadthingFile.$inferSelect;

/** What a developer's server said of an upload when it handed its URL out. */
export const uploadthingRoute = pgTable(
  'uploadthing_route',
  {
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    fileKey: text('file_key').notNull(),
    metadata: jsonbOf<Record<string, unknown>>('metadata').notNull(),
    callbackUrl: text('callback_url').notNull(),
    slug: text('slug').notNull(),
    isDev: boolean('is_dev').notNull(),
    awaitServerData: boolean('await_server_data').notNull(),
    /** What the server knows: the callback is signed with the same. */
    keyId: text('key_id').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.projectId, table.fileKey] }),
    index('uploadthing_route_created').on(table.createdAt),
  ],
);
export type UploadthingRouteRow = typeof uploadthingRoute.$inferSelect;

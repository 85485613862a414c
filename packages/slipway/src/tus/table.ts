import { jsonbOf, timestamptz } from '@repo/foundation/db';
import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { file } from '../file/table.ts';
import { project } from '../project/table.ts';

/** What the storage's way of appending has to remember between requests, and what was allowed. */
export interface TusState {
  /** Of the file that is appended to: its length beyond the offset counts while this is the same. */
  epoch?: string;
  /** Its name, unless it is the first one's. */
  file?: string;
  /** Who opened it last. What others write down from then on is refused. */
  writer?: string;
  /** True until that one closed it, and wrote that down. */
  open?: boolean;
  /** True while bytes may lie beyond the offset that were not compared with their checksum yet. */
  unverified?: boolean;
  /** SHA-256 (hex) of all bytes, computed as they arrived. */
  sha256?: string;
  /** What waits to become a part, where parts are gathered: of which one, and SHA-256 (hex). */
  tail?: { part: number; sha256: string };
  /** Most bytes, as the creator's token and the rules had it, and the fewest. */
  maxSize?: number;
  minSize?: number;
}

/** What the tus protocol knows of an upload beyond its file. */
export const tusUpload = pgTable('tus_upload', {
  fileId: text('file_id')
    .primaryKey()
    .references(() => file.id, { onDelete: 'cascade' }),
  /** Bytes; null while deferred. */
  length: bigint('length', { mode: 'number' }),
  /** Bytes that are there for sure: written through to the storage, and checked where that was asked for. */
  offset: bigint('offset', { mode: 'number' }).notNull().default(0),
  /** As the client sent it, to be given back. */
  metadata: text('metadata'),
  /** `Upload-Concat` as the client sent it. */
  concat: text('concat'),
  state: jsonbOf<TusState>('state').notNull(),
});

/** How often a token was used, of those that may only be used so often. Made with the first use. */
export const uploadTokenUse = pgTable('upload_token_use', {
  tokenId: text('token_id').primaryKey(),
  projectId: text('project_id')
    .notNull()
    .references(() => project.id, { onDelete: 'cascade' }),
  files: integer('files').notNull(),
  /** Uploads that are to be put together later, and the most bytes that these may have. */
  pieces: integer('pieces').notNull().default(0),
  pieceBytes: bigint('piece_bytes', { mode: 'number' }).notNull().default(0),
  /** From then on the token itself is over. */
  expiresAt: timestamptz('expires_at').notNull(),
});

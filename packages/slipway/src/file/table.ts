import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  type ExtraConfigColumn,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { ImageRules } from '../project/rules.ts';
import { project } from '../project/table.ts';
import { storageConnection } from '../storage-connection/table.ts';

export const FILE_STATUSES = [
  'pending',
  'verifying',
  'ready',
  'rejected',
  'failed',
  'expired',
  'deleted',
] as const;
/** Waiting for bytes, or for them to be looked at. */
export const UNFINISHED = ['pending', 'verifying'] as const;
/** At an end without bytes. */
export const ENDED = ['rejected', 'failed', 'expired', 'deleted'] as const;
export const SCAN_STATES = ['not_scanned', 'pending', 'clean', 'infected'] as const;
/** How the bytes come: in one PUT, in parts, by tus, or by tus as a piece of another upload. */
export const UPLOAD_KINDS = ['single', 'multipart', 'tus', 'tus_partial'] as const;

/** Why an upload ended without being ready; answered again to whoever asks again. */
export interface FileFailure {
  code: string;
  message: string;
}

type IndexedColumns = Readonly<
  Record<
    | 'address'
    | 'createdAt'
    | 'customId'
    | 'id'
    | 'isTest'
    | 'key'
    | 'metadata'
    | 'name'
    | 'projectId'
    | 'replaces'
    | 'route'
    | 'sha256'
    | 'size'
    | 'status'
    | 'storageId'
    | 'tags'
    | 'trashedUntil'
    | 'type'
    | 'uploader',
    ExtraConfigColumn
  >
>;

/**
 * What lists, filters and searches are answered from: see `find-rows.ts`. Announcing an upload pays for
 * indexes, and so does each step on its way, so that most of them have a file only once it is settled,
 * until it is deleted. Those that are open, or deleted, are found by their status.
 */
function listIndexes(table: IndexedColumns) {
  // Anew for each: an index takes the order away with it.
  const newestFirst = () =>
    [table.createdAt.desc().nullsFirst(), table.id.desc().nullsFirst()] as const;
  return [
    index('file_project_created')
      .on(table.projectId, ...newestFirst())
      .where(sql`status <> 'deleted'`),
    // All of a project: what it has reserved is counted by it, too, and what a deleted one still holds.
    index('file_project_status').on(table.projectId, table.status, ...newestFirst()),
    index('file_project_type')
      .on(table.projectId, sql`type text_pattern_ops`, ...newestFirst())
      .where(settled()),
    // Together in one, since Postgres takes of several indexes that have the project only one: what many
    // files have each of, and few all of, it finds without looking at any file.
    index('file_project_filters')
      .using('gin', table.projectId, sql`name gin_trgm_ops`, table.tags, table.type, table.route)
      .where(settled()),
    index('file_project_sorted_name').on(table.projectId, table.name, table.id).where(settled()),
    index('file_project_sorted_size').on(table.projectId, table.size, table.id).where(settled()),
    index('file_project_metadata')
      .using('gin', table.projectId, sql`(${table.metadata}::text) gin_trgm_ops`)
      .where(sql`${settled()} and metadata <> '{}'`),
    index('file_project_folder')
      .on(table.projectId, sql`folder text_pattern_ops`, ...newestFirst())
      .where(sql`${settled()} and folder <> ''`),
    index('file_project_route')
      .on(table.projectId, table.route, ...newestFirst())
      .where(sql`${settled()} and route is not null`),
    // Quotas of end-users are counted by it, too: what is on its way counts.
    index('file_project_uploader')
      .on(table.projectId, table.uploader, ...newestFirst())
      .where(sql`uploader is not null`),
    // Of those that hold their customId no more, or not yet; the others have a unique one.
    index('file_custom_id')
      .on(table.projectId, table.customId)
      .where(sql`custom_id is not null and ${isNotHolding()}`),
    index('file_project_callback')
      .on(table.projectId, ...newestFirst())
      .where(sql`has_callback`),
    index('file_test')
      .on(table.projectId, ...newestFirst())
      .where(sql`is_test`),
  ];
}

/** In the words of the questions, so that Postgres sees that the index answers them. */
const settled = () => sql`status not in ('pending', 'verifying', 'deleted')`;

/** Whose the customId is: nobody else's, until it is replaced or gone. */
export const isHolding = () =>
  sql`(replaced_by is null and (status = 'ready' or (status in ('pending', 'verifying') and not is_version)))`;
/** All others, and some of those. */
export const isNotHolding = () =>
  sql`(status not in ('pending', 'verifying', 'ready') or replaced_by is not null or is_version)`;

/** What storages, the sweeper and the limits are asked by. */
function upkeepIndexes(table: IndexedColumns) {
  return [
    // What the sweeper ends: by its rule, because nobody confirmed it, and for good.
    index('file_due')
      .on(sql`least(delete_at, confirm_by, version_until)`)
      .where(
        sql`status = 'ready' and (delete_at is not null or confirm_by is not null or version_until is not null)`,
      ),
    index('file_trash').on(table.trashedUntil).where(sql`trashed_until is not null`),
    index('file_replaces').on(table.replaces).where(sql`replaces is not null`),
    // In the order in which storages list their keys, for comparing both.
    index('file_storage_key')
      .on(table.storageId, sql`key collate "C"`)
      .where(sql`status = 'ready'`),
    index('file_storage_incoming')
      .on(table.storageId, sql`incoming_key collate "C"`)
      .where(sql`incoming_key is not null and status in ('pending', 'verifying')`),
    // Those whose bytes have not been looked at for the longest time come first.
    index('file_to_scrub').on(sql`coalesce(scrubbed_at, ready_at)`).where(sql`status = 'ready'`),
    // What the sweeper looks for; small, because most files are at their end.
    index('file_unfinished').on(table.id).where(sql`status in ('pending', 'verifying')`),
    // Free again once the file that held it is gone. A new version takes it over when it is ready.
    uniqueIndex('file_project_custom_id')
      .on(table.projectId, table.customId, table.isTest)
      .where(sql`custom_id is not null and ${isHolding()}`),
    // One file for each object; those that stand on another file's object beside it.
    uniqueIndex('file_key').on(table.key).where(sql`address is null`),
    index('file_shared_key').on(table.key).where(sql`address is not null`),
    uniqueIndex('file_address').on(table.address).where(sql`address is not null`),
    // Twins of a file, and what a person is asked about before it is sent again.
    index('file_digest')
      .on(table.projectId, table.sha256)
      .where(sql`status = 'ready' and sha256 is not null`),
    // Likewise: ended files are erased once.
    index('file_to_erase')
      .on(table.id)
      .where(sql`erased_at is null and status in ('rejected', 'failed', 'expired', 'deleted')`),
  ];
}

export const file = pgTable(
  'file',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id),
    /** The object's key in the storage, and its name in `/f/…` where it has no other address. */
    key: text('key').notNull(),
    /** Its name in `/f/…` when its bytes are the object of another file that came before, with the same ones. */
    address: text('address'),
    /** Where the bytes are; null for the storage of the configuration. */
    storageId: text('storage_id').references(() => storageConnection.id),
    uploadKind: text('upload_kind', { enum: UPLOAD_KINDS }).notNull().default('single'),
    /** Where the client sends to when it isn't `key`: on storages that would let it overwrite. */
    incomingKey: text('incoming_key'),
    /** The storage's name for an upload in parts, while it is open. */
    uploadId: text('upload_id'),
    /** Bytes of every part but the last, of uploads in parts. */
    partSize: bigint('part_size', { mode: 'number' }),
    name: text('name').notNull(),
    /** Bytes; of an upload whose length is not known yet what is reserved for it. */
    size: bigint('size', { mode: 'number' }).notNull(),
    /** True until a client says how long its upload will be (tus). */
    sizeDeferred: boolean('size_deferred').notNull().default(false),
    type: text('type').notNull(),
    /** Hex. What the client declared until the file is ready, what was verified afterwards. */
    sha256: text('sha256'),
    /**
     * Of files that came in parts: `sha256-parts:<part size>:<hex>`, the SHA-256 over the digests of
     * all parts, each of which was verified.
     */
    checksum: text('checksum'),
    status: text('status', { enum: FILE_STATUSES }).notNull(),
    scan: text('scan', { enum: SCAN_STATES }).notNull().default('not_scanned'),
    customId: text('custom_id'),
    metadata: jsonbOf<Record<string, unknown>>('metadata').notNull(),
    tags: text('tags').array().notNull().default(sql`'{}'`),
    /** Where people look for it: `invoices/2026`, no part of any address. */
    folder: text('folder').notNull().default(''),
    /** Read by signed URLs alone, though the project is public. */
    isPrivate: boolean('is_private').notNull().default(false),
    /** Uploaded with a test key: it counts for nothing, and is over soon. */
    isTest: boolean('is_test').notNull().default(false),
    /** Whether it may share its bytes with files of the same digest. */
    dedupe: boolean('dedupe').notNull().default(false),
    /** Takes the customId over from the file that has it, once it is ready. */
    isVersion: boolean('is_version').notNull().default(false),
    /** The upload route of the developer's server that it came by. */
    route: text('route'),
    /** Who uploaded, in the developer's own words. */
    uploader: text('uploader'),
    /** Whether a server wants to be told when it is ready. */
    hasCallback: boolean('has_callback').notNull().default(false),
    /** The pixels that a picture must have, by the rules under which it was announced. */
    imageRules: jsonbOf<ImageRules>('image_rules'),
    /** Of pictures: pixels, upright, as they were found. */
    width: integer('width'),
    height: integer('height'),
    /** What to show until a picture is there: ThumbHash, in base64. Comes with the first thumbnail. */
    thumbhash: text('thumbhash'),
    /** The file of which this is a newer version. */
    replaces: text('replaces'),
    /** The newer version that took its place; it is kept as history. */
    replacedBy: text('replaced_by'),
    failure: jsonbOf<FileFailure>('failure'),
    createdAt: createdAt(),
    /** The upload must have begun before this. */
    expiresAt: timestamptz('expires_at').notNull(),
    readyAt: timestamptz('ready_at'),
    /** Deleted by itself then. */
    deleteAt: timestamptz('delete_at'),
    /** Deleted then, unless somebody confirms it before. */
    confirmBy: timestamptz('confirm_by'),
    /** A replaced version is deleted then. */
    versionUntil: timestamptz('version_until'),
    /** A deleted file that can be restored until then: its bytes are there, and count. */
    trashedUntil: timestamptz('trashed_until'),
    /** When the bytes were last read back and compared with their digest. */
    scrubbedAt: timestamptz('scrubbed_at'),
    endedAt: timestamptz('ended_at'),
    /** Set when the bytes of an ended file are gone and its upload URL can bring no others. */
    erasedAt: timestamptz('erased_at'),
  },
  (table) => [...listIndexes(table), ...upkeepIndexes(table)],
);

export type FileRow = typeof file.$inferSelect;

/**
 * What an index of all tags cannot say: which files of a tag are the newest. Rows of all files that are not deleted,
 * kept by the database itself as an index is: see the triggers in its migration.
 */
export const fileTag = pgTable(
  'file_tag',
  {
    projectId: text('project_id').notNull(),
    tag: text('tag').notNull(),
    /** Of the file. */
    createdAt: timestamptz('created_at').notNull(),
    fileId: text('file_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.tag, table.createdAt, table.fileId] })],
);

/** Each change of a file's state, with its reason. Rows are only ever added; they go with their file. */
export const fileTransition = pgTable(
  'file_transition',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    fileId: text('file_id')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    from: text('from', { enum: FILE_STATUSES }).notNull(),
    to: text('to', { enum: FILE_STATUSES }).notNull(),
    /** A stable word, such as `bytes_arrived` or `size_mismatch`. */
    reason: text('reason').notNull(),
    /** The same in a sentence, where there is more to say. */
    message: text('message'),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id'),
    at: timestamptz('at').notNull(),
  },
  (table) => [index('file_transition_file').on(table.fileId, table.id)],
);

/** The digest that a client declared for a part when it asked for the part's URL. */
export const uploadPart = pgTable(
  'upload_part',
  {
    fileId: text('file_id')
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    /** From 1. */
    number: integer('number').notNull(),
    /** Hex. */
    sha256: text('sha256').notNull(),
  },
  (table) => [primaryKey({ columns: [table.fileId, table.number] })],
);

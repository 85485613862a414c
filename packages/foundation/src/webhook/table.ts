import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  index,
  integer,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { createdAt, jsonbOf, timestamptz } from '../db/index.ts';
import { sealedText } from '../sealing/index.ts';

export const SIGNINGS = ['hmac', 'ed25519'] as const;
export const DISABLED_REASONS = ['manual', 'gone', 'failing'] as const;
export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'cancelled'] as const;

/**
 * The outbox: what happened, written in the transaction in which it happened. No foreign keys: an
 * event outlives what it tells of.
 */
export function eventTable(owner: {
  /** The column that says whose events they are: `project_id`. */
  column: string;
  index: string;
}) {
  return pgTable(
    'event',
    {
      id: text('id').primaryKey(),
      /** In the order of writing, which is not quite that of committing. */
      sequence: bigint('sequence', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
      ownerId: text(owner.column).notNull(),
      type: text('type').notNull(),
      entityId: text('entity_id').notNull(),
      /** What the receiver is told. */
      data: jsonbOf<Record<string, unknown>>('data').notNull(),
      createdAt: createdAt(),
    },
    (table) => [
      index(owner.index).on(table.ownerId, table.sequence),
      index('event_entity').on(table.entityId),
      // Old ones are forgotten; the table is written in this order, so that so small an index will do.
      index('event_created').using('brin', table.createdAt),
    ],
  );
}

/** An owner's address that is told of its events. */
export function endpointTable(owner: {
  column: string;
  references: () => AnyPgColumn;
  index: string;
}) {
  return pgTable(
    'webhook_endpoint',
    {
      id: text('id').primaryKey(),
      ownerId: text(owner.column).notNull().references(owner.references, { onDelete: 'cascade' }),
      url: text('url').notNull(),
      description: text('description').notNull(),
      /** Null for all, also those that are yet to be invented. */
      eventTypes: text('event_types').array(),
      /** It is told nothing of what is for trying out, where a product knows such. */
      liveOnly: boolean('live_only').notNull().default(false),
      signing: text('signing', { enum: SIGNINGS }).notNull(),
      /** Sealed with AES-256-GCM; see `sealing/seal.ts`. */
      secret: sealedText('secret').notNull(),
      /** Signs as well until it is over, so that nobody has to change secrets in one moment. */
      previousSecret: sealedText('previous_secret'),
      previousUntil: timestamptz('previous_until'),
      /** Null while it is enabled. */
      disabledReason: text('disabled_reason', { enum: DISABLED_REASONS }),
      disabledAt: timestamptz('disabled_at'),
      /** The first failure after the last success, and the latest one. */
      failingSince: timestamptz('failing_since'),
      lastFailureAt: timestamptz('last_failure_at'),
      createdAt: createdAt(),
      updatedAt: timestamptz('updated_at').notNull(),
    },
    (table) => [index(owner.index).on(table.ownerId, table.createdAt)],
  );
}

/** One event on its way to one endpoint; written with the event, so that none is lost. */
export function deliveryTable(endpointId: () => AnyPgColumn) {
  return pgTable(
    'webhook_delivery',
    {
      id: text('id').primaryKey(),
      endpointId: text('endpoint_id').notNull().references(endpointId, { onDelete: 'cascade' }),
      eventId: text('event_id').notNull(),
      eventType: text('event_type').notNull(),
      /** Events of one entity are delivered one after another, by their sequence. */
      entityId: text('entity_id').notNull(),
      sequence: bigint('sequence', { mode: 'number' }).notNull(),
      state: text('state', { enum: DELIVERY_STATES }).notNull(),
      /** Tries of the present schedule; a resend begins it anew. */
      attempts: integer('attempts').notNull().default(0),
      nextAttemptAt: timestamptz('next_attempt_at').notNull(),
      /** While it is being sent: nobody else sends it before then. */
      leasedUntil: timestamptz('leased_until'),
      /** Of the last try; null when nothing was answered. */
      lastStatus: integer('last_status'),
      createdAt: createdAt(),
      endedAt: timestamptz('ended_at'),
    },
    (table) => [
      unique('webhook_delivery_event').on(table.endpointId, table.eventId),
      index('webhook_delivery_of_event').on(table.eventId),
      index('webhook_delivery_page').on(table.endpointId, table.createdAt, table.id),
      index('webhook_delivery_due')
        .on(table.endpointId, table.nextAttemptAt)
        .where(sql`state = 'pending'`),
      index('webhook_delivery_order')
        .on(table.endpointId, table.entityId, table.sequence)
        .where(sql`state = 'pending'`),
      // The few that are being sent.
      index('webhook_delivery_leased')
        .on(table.leasedUntil)
        .where(sql`state = 'pending' and leased_until is not null`),
      index('webhook_delivery_ended').on(table.endedAt),
    ],
  );
}

/** One try, as it was sent and answered. */
export function attemptTable(deliveryId: () => AnyPgColumn) {
  return pgTable(
    'webhook_attempt',
    {
      id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
      deliveryId: text('delivery_id').notNull().references(deliveryId, { onDelete: 'cascade' }),
      endpointId: text('endpoint_id').notNull(),
      /** Of the schedule that it belongs to, from 1. */
      number: integer('number').notNull(),
      at: timestamptz('at').notNull(),
      durationMs: integer('duration_ms').notNull(),
      succeeded: boolean('succeeded').notNull(),
      url: text('url').notNull(),
      requestHeaders: jsonbOf<Record<string, string>>('request_headers').notNull(),
      requestBody: text('request_body').notNull(),
      /** Null when nothing was answered; `problem` says why. */
      status: integer('status'),
      responseHeaders: jsonbOf<Record<string, string>>('response_headers'),
      responseBody: text('response_body'),
      problem: text('problem'),
    },
    (table) => [
      index('webhook_attempt_delivery').on(table.deliveryId, table.id),
      index('webhook_attempt_endpoint').on(table.endpointId, table.at),
      index('webhook_attempt_at').on(table.at),
    ],
  );
}

export type EventTable = ReturnType<typeof eventTable>;
export type EndpointTable = ReturnType<typeof endpointTable>;
export type DeliveryTable = ReturnType<typeof deliveryTable>;
export type AttemptTable = ReturnType<typeof attemptTable>;

export type EventRow = EventTable['$inferSelect'];
export type WebhookEndpoint = EndpointTable['$inferSelect'];
export type WebhookDelivery = DeliveryTable['$inferSelect'];

import { createdAt, jsonbOf, timestamptz } from '@repo/foundation/db';
import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import { EVENT_TYPES } from '../event/table.ts';
import { project } from '../project/table.ts';
import { sealedText } from '../sealing/sealed-text.ts';

export const SIGNINGS = ['hmac', 'ed25519'] as const;
export const DISABLED_REASONS = ['manual', 'gone', 'failing'] as const;
export const DELIVERY_STATES = ['pending', 'delivered', 'failed', 'cancelled'] as const;

/** An address of the project's own that is told of its events. */
export const webhookEndpoint = pgTable(
  'webhook_endpoint',
  {
    id: text('id').primaryKey(),
    projectId: text('project_id')
      .notNull()
      .references(() => project.id, { onDelete: 'cascade' }),
    url: text('url').notNull(),
    description: text('description').notNull(),
    /** Null for all, also those that are yet to be invented. */
    eventTypes: text('event_types', { enum: EVENT_TYPES }).array(),
    /** It is told nothing of files of test keys. */
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
  (table) => [index('webhook_endpoint_project').on(table.projectId, table.createdAt)],
);

export type WebhookEndpoint = typeof webhookEndpoint.$inferSelect;

/** One event on its way to one endpoint; written with the event, so that none is lost. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    id: text('id').primaryKey(),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoint.id, { onDelete: 'cascade' }),
    eventId: text('event_id').notNull(),
    eventType: text('event_type', { enum: EVENT_TYPES }).notNull(),
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
    index('webhook_delivery_ended').on(table.endedAt),
  ],
);

export type WebhookDelivery = typeof webhookDelivery.$inferSelect;

/** One try, as it was sent and answered. */
export const webhookAttempt = pgTable(
  'webhook_attempt',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => webhookDelivery.id, { onDelete: 'cascade' }),
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

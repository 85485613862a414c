import { createdAt, timestamptz } from '@repo/foundation/db';
import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { KEY_SCOPES } from '../permission.ts';
import { project } from '../project/table.ts';

export const DEVICE_LOGIN_STATUSES = ['pending', 'approved', 'denied', 'claimed'] as const;

/** A command line that waits for somebody to let it in, in a browser (RFC 8628). Holds no secret. */
export const deviceLogin = pgTable(
  'device_login',
  {
    id: text('id').primaryKey(),
    /** SHA-256, hex, of what the waiting process alone knows. */
    deviceHash: text('device_hash').notNull().unique(),
    /** What people compare and type; good for minutes. */
    userCode: text('user_code').notNull().unique(),
    /** As the process calls its machine: nobody checked it. */
    clientName: text('client_name').notNull(),
    ip: text('ip'),
    status: text('status', { enum: DEVICE_LOGIN_STATUSES }).notNull().default('pending'),
    /** From here on: what was granted, and by whom. The key is made when it is fetched. */
    userId: text('user_id'),
    email: text('email'),
    projectId: text('project_id').references(() => project.id, { onDelete: 'cascade' }),
    scopes: text('scopes', { enum: KEY_SCOPES }).array(),
    keyExpiresAt: timestamptz('key_expires_at'),
    polledAt: timestamptz('polled_at'),
    createdAt: createdAt(),
    expiresAt: timestamptz('expires_at').notNull(),
  },
  (table) => [index('device_login_expires').on(table.expiresAt)],
);

export type DeviceLoginRow = typeof deviceLogin.$inferSelect;

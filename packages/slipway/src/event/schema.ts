import { z } from '@hono/zod-openapi';
import { EVENT_TYPES } from './table.ts';

const MOST = 100;

export const ListEvents = z.strictObject({
  after: z
    .string()
    .regex(/^\d{1,15}$/, 'expected the nextCursor of an earlier answer')
    .optional()
    .openapi({ description: 'nextCursor of the answer before; without it the newest events' }),
  limit: z.coerce
    .number({ error: `expected a number from 1 to ${MOST}` })
    .int()
    .min(1, `expected a number from 1 to ${MOST}`)
    .max(MOST, `expected a number from 1 to ${MOST}`)
    .default(50),
});
export type ListEvents = z.input<typeof ListEvents>;

const EventView = z
  .object({
    id: z.string().openapi({ description: 'The webhook-id with which webhooks tell of it' }),
    type: z.enum(EVENT_TYPES),
    timestamp: z.iso.datetime(),
    test: z.literal(true).optional().openapi({ description: 'Of files of test keys' }),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('Event');

export const EventPage = z
  .object({
    data: z.array(EventView).openapi({ description: 'Oldest first' }),
    nextCursor: z.string().openapi({
      description: 'Give it as `after` for what comes next; there is always one',
    }),
  })
  .openapi('EventPage');
export type EventPage = z.infer<typeof EventPage>;

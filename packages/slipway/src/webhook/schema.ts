import { z } from '@hono/zod-openapi';
import { anyId, instant, isStorableText, STORABLE_TEXT, WITHOUT_NUL } from '@repo/foundation/text';
import { EVENT_TYPES } from '../event/table.ts';
import { DELIVERY_STATES, DISABLED_REASONS, SIGNINGS } from './table.ts';

const url = z
  .string({ error: 'expected an address such as https://example.com/webhooks' })
  .trim()
  .max(2000, 'expected at most 2000 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi({ format: 'uri', example: 'https://example.com/webhooks/slipway' });
const description = z
  .string()
  .trim()
  .max(200, 'expected at most 200 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(WITHOUT_NUL);
const EventTypeName = z.enum(EVENT_TYPES).openapi('EventType');
const eventTypes = z
  .array(EventTypeName)
  .min(1, 'expected at least one event type, or null for all')
  .transform((types) => EVENT_TYPES.filter((type) => types.includes(type)))
  .nullable()
  .openapi({ description: 'Null for all, also those that come later' });

const liveOnly = z.boolean().openapi({
  description: 'Whether it is told of live files alone, and nothing of files of test keys',
});

const NewWebhook = z.strictObject({
  url,
  description: description.default(''),
  eventTypes: eventTypes.default(null),
  liveOnly: liveOnly.default(false),
  signing: z.enum(SIGNINGS).default('hmac').openapi({
    description: 'hmac: a shared secret (v1). ed25519: you hold a public key only (v1a)',
  }),
});
const WebhookChanges = z.strictObject({
  url: url.optional(),
  description: description.optional(),
  eventTypes: eventTypes.optional(),
  liveOnly: liveOnly.optional(),
  enabled: z.boolean().optional(),
});
const Roll = z.strictObject({
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400).openapi({
    description: 'For so long the old secret signs as well; 0 when it leaked',
  }),
});
const Replay = z.strictObject({
  from: z.coerce.date({ error: 'expected a date and time' }),
  to: z.coerce.date({ error: 'expected a date and time' }).optional(),
  states: z
    .enum(['missing', 'all'], { error: 'expected missing or all' })
    .default('missing')
    .openapi({ description: 'missing: what was not delivered; all: also what was' }),
});
const DeliveryQuery = z.object({
  state: z.enum(DELIVERY_STATES).optional(),
  type: EventTypeName.optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

export const RestBodies = {
  NewWebhook,
  WebhookChanges,
  Roll,
  Replay: Replay.extend({ from: instant, to: instant.optional() }),
  DeliveryQuery: DeliveryQuery.strict(),
};

const ByProject = { projectId: anyId };
const ByEndpoint = { ...ByProject, endpointId: anyId };
const ByDelivery = { ...ByEndpoint, deliveryId: anyId };

export const InProject = z.object(ByProject);
export const EndpointRef = z.object(ByEndpoint);
export type EndpointRef = z.infer<typeof EndpointRef>;
export const DeliveryRef = z.object(ByDelivery);
export type DeliveryRef = z.infer<typeof DeliveryRef>;
export const CreateWebhook = NewWebhook.extend(ByProject);
export type CreateWebhook = z.input<typeof CreateWebhook>;
export const UpdateWebhook = WebhookChanges.extend(ByEndpoint);
export type UpdateWebhook = z.input<typeof UpdateWebhook>;
export const RollWebhook = Roll.extend(ByEndpoint);
export type RollWebhook = z.input<typeof RollWebhook>;
export const ReplayWebhook = Replay.extend(ByEndpoint);
export type ReplayWebhook = z.input<typeof ReplayWebhook>;
export const ListDeliveries = DeliveryQuery.extend(ByEndpoint);
export type ListDeliveries = z.input<typeof ListDeliveries>;

const time = z.string().openapi({ format: 'date-time' });

export const WebhookView = z
  .object({
    id: z.string().openapi({ example: 'whk_8gKq2ZrT0yVbN4mXc1LwHd' }),
    url: z.string(),
    description: z.string(),
    eventTypes: z.array(EventTypeName).nullable(),
    liveOnly,
    signing: z.enum(SIGNINGS),
    enabled: z.boolean(),
    disabledReason: z.enum(DISABLED_REASONS).nullable().openapi({
      description: 'gone: it answered 410. failing: nothing but failures for 5 days',
    }),
    disabledAt: time.nullable(),
    failingSince: time.nullable(),
    /** Until then the old secret signs as well. */
    rollingUntil: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Webhook');
export type WebhookView = z.infer<typeof WebhookView>;

export const WebhookWithSecret = WebhookView.extend({
  secret: z.string().openapi({
    description: 'To verify with: whsec_… (hmac), or the public key whpk_… (ed25519)',
  }),
}).openapi('WebhookWithSecret');
export type WebhookWithSecret = z.infer<typeof WebhookWithSecret>;

export const WebhookList = z.object({ data: z.array(WebhookView) }).openapi('WebhookList');

export const DeliveryView = z
  .object({
    id: z.string(),
    eventId: z.string().openapi({ description: 'The webhook-id header, the same at every try' }),
    eventType: EventTypeName,
    entityId: z.string(),
    state: z.enum(DELIVERY_STATES),
    attempts: z.number(),
    lastStatus: z.number().nullable(),
    nextAttemptAt: time.nullable(),
    createdAt: time,
    endedAt: time.nullable(),
  })
  .openapi('WebhookDelivery');
export type DeliveryView = z.infer<typeof DeliveryView>;

export const DeliveryPage = z
  .object({ data: z.array(DeliveryView), nextCursor: z.string().nullable() })
  .openapi('WebhookDeliveryPage');
export type DeliveryPage = z.infer<typeof DeliveryPage>;

const headers = z.record(z.string(), z.string());

export const DeliveryDetail = DeliveryView.extend({
  payload: z.string(),
  tries: z.array(
    z.object({
      number: z.number(),
      at: time,
      durationMs: z.number(),
      succeeded: z.boolean(),
      problem: z.string().nullable(),
      request: z.object({ url: z.string(), headers, body: z.string() }),
      response: z
        .object({ status: z.number(), headers, body: z.string() })
        .nullable()
        .openapi({ description: 'Null when nothing was answered' }),
    }),
  ),
}).openapi('WebhookDeliveryDetail');
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;

export const Replayed = z.object({ deliveries: z.number() }).openapi('WebhookReplay');

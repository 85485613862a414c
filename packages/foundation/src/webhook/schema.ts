import { z } from '@hono/zod-openapi';
import { instant, isStorableText, STORABLE_TEXT, WITHOUT_NUL } from '../text/index.ts';
import { DELIVERY_STATES, DISABLED_REASONS, SIGNINGS } from './table.ts';

const url = z
  .string({ error: 'expected an address such as https://example.com/webhooks' })
  .trim()
  .max(2000, 'expected at most 2000 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi({ format: 'uri', example: 'https://example.com/webhooks' });
const description = z
  .string()
  .trim()
  .max(200, 'expected at most 200 characters')
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(WITHOUT_NUL);
const time = z.string().openapi({ format: 'date-time' });
const headers = z.record(z.string(), z.string());

type Types = readonly [string, ...string[]];

const liveOnly = z.boolean().openapi({
  description: 'Whether it is told of live files alone, and nothing of files of test keys',
});

/** Fields of products in which something is for trying out; the others do not have them. */
export const whereTests = <T extends object>(tests: unknown, fields: T): T =>
  tests ? fields : ({} as T);

const eventTypeName = (known: Types) => z.enum(known).openapi('EventType');

interface EventTypes {
  known: Types;
  tests: boolean;
  EventTypeName: ReturnType<typeof eventTypeName>;
}

/** What is asked of webhooks. */
function asked({ known, tests, EventTypeName }: EventTypes) {
  const eventTypes = z
    .array(EventTypeName)
    .min(1, 'expected at least one event type, or null for all')
    .transform((types) => known.filter((type) => types.includes(type)))
    .nullable()
    .openapi({ description: 'Null for all, also those that come later' });

  const NewWebhook = z.strictObject({
    url,
    description: description.default(''),
    eventTypes: eventTypes.default(null),
    ...whereTests(tests, { liveOnly: liveOnly.default(false) }),
    signing: z.enum(SIGNINGS).default('hmac').openapi({
      description: 'hmac: a shared secret (v1). ed25519: you hold a public key only (v1a)',
    }),
  });
  const WebhookChanges = z.strictObject({
    url: url.optional(),
    description: description.optional(),
    eventTypes: eventTypes.optional(),
    ...whereTests(tests, { liveOnly: liveOnly.optional() }),
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

  const RestBodies = {
    NewWebhook,
    WebhookChanges,
    Roll,
    Replay: Replay.extend({ from: instant, to: instant.optional() }),
    DeliveryQuery: DeliveryQuery.strict(),
  };
  return { NewWebhook, WebhookChanges, Roll, Replay, DeliveryQuery, RestBodies };
}

/** One try, as it was sent and answered. */
const Try = z.object({
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
});

const Replayed = z.object({ deliveries: z.number() }).openapi('WebhookReplay');

/** What is told of webhooks. */
function told({ tests, EventTypeName }: EventTypes) {
  const WebhookView = z
    .object({
      id: z.string().openapi({ example: 'whk_8gKq2ZrT0yVbN4mXc1LwHd' }),
      url: z.string(),
      description: z.string(),
      eventTypes: z.array(EventTypeName).nullable(),
      ...whereTests(tests, { liveOnly }),
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

  const WebhookWithSecret = WebhookView.extend({
    secret: z.string().openapi({
      description: 'To verify with: whsec_… (hmac), or the public key whpk_… (ed25519)',
    }),
  }).openapi('WebhookWithSecret');

  const WebhookList = z.object({ data: z.array(WebhookView) }).openapi('WebhookList');

  const DeliveryView = z
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

  const DeliveryPage = z
    .object({ data: z.array(DeliveryView), nextCursor: z.string().nullable() })
    .openapi('WebhookDeliveryPage');

  const DeliveryDetail = DeliveryView.extend({
    payload: z.string(),
    tries: z.array(Try),
  }).openapi('WebhookDeliveryDetail');

  const endpoint = { WebhookView, WebhookWithSecret, WebhookList };
  return { ...endpoint, DeliveryView, DeliveryPage, DeliveryDetail, Replayed };
}

/** What is asked of webhooks, and told of them, with a product's types of events. */
export function webhookSchemas(known: Types, { tests }: { tests: boolean }) {
  const types = { known, tests, EventTypeName: eventTypeName(known) };
  return { ...asked(types), ...told(types) };
}

export type WebhookSchemas = ReturnType<typeof webhookSchemas>;
type Read<N extends keyof Omit<WebhookSchemas, 'RestBodies'>> = z.output<WebhookSchemas[N]>;

export type NewWebhook = Read<'NewWebhook'>;
export type WebhookChanges = Read<'WebhookChanges'>;
export type Replay = Read<'Replay'>;
export type DeliveryQuery = Read<'DeliveryQuery'>;
export type WebhookView = Read<'WebhookView'>;
export type WebhookWithSecret = Read<'WebhookWithSecret'>;
export type DeliveryView = Read<'DeliveryView'>;
export type DeliveryPage = Read<'DeliveryPage'>;
export type DeliveryDetail = Read<'DeliveryDetail'>;

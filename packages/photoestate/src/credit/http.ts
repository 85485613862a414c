import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { queryNumber } from '@repo/foundation/text';
import {
  errorResponses,
  json,
  type KeyContext,
  pageQuery,
  security,
  time,
  timeOf,
} from '../api/rest.ts';
import { type CreditEntry, listCreditEntries } from './entries.ts';
import { getCredits } from './get.ts';
import { CREDIT_KINDS } from './table.ts';

const CreditsView = z
  .object({
    available: z.int().openapi({ description: 'What may be spent' }),
    reserved: z.int().openapi({ description: 'What work under way holds' }),
    nextExpiry: z.object({ credits: z.int(), at: time }).nullable(),
  })
  .openapi('Credits');

const EntryView = z
  .object({
    id: z.int(),
    kind: z.enum(CREDIT_KINDS),
    credits: z.int().openapi({ description: 'Change of what may be spent' }),
    reserved: z.int().openapi({ description: 'Change of what work under way holds' }),
    listingId: z.string().nullable(),
    note: z.string().nullable(),
    createdAt: time,
  })
  .openapi('CreditEntry');

const EntryPage = z
  .object({ data: z.array(EntryView), nextCursor: z.string().nullable() })
  .openapi('CreditEntryPage');

const Query = z.strictObject({
  cursor: queryNumber('expected the nextCursor of an earlier page', (number) =>
    number.int().min(1).max(Number.MAX_SAFE_INTEGER),
  ).optional(),
  limit: pageQuery.limit,
});

const common = { tags: ['Credits'], security };

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/credits',
  operationId: 'getCredits',
  summary: 'What the organization may spend',
  responses: {
    200: { description: 'The balance', content: json(CreditsView) },
    ...errorResponses(401, 403),
  },
});

const ledgerRoute = createRoute({
  ...common,
  method: 'get',
  path: '/credits/ledger',
  operationId: 'listCreditEntries',
  summary: 'Everything that changed the balance',
  request: { query: Query },
  responses: {
    200: { description: 'Newest first', content: json(EntryPage) },
    ...errorResponses(400, 401, 403),
  },
});

export function mountCredits(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(getRoute, async (c) => {
    const { ctx, organizationId } = keyContext(c);
    const { available, reserved, nextExpiry } = await getCredits(ctx, { organizationId });
    const next = nextExpiry && { credits: nextExpiry.credits, at: timeOf(nextExpiry.at) };
    return c.json({ available, reserved, nextExpiry: next }, 200);
  });
  app.openapi(ledgerRoute, async (c) => {
    const { ctx, organizationId } = keyContext(c);
    const query = c.req.valid('query');
    const { items, nextCursor } = await listCreditEntries(ctx, { ...query, organizationId });
    const cursor = nextCursor === null ? null : String(nextCursor);
    return c.json({ data: items.map(entryView), nextCursor: cursor }, 200);
  });
}

function entryView(entry: CreditEntry): z.infer<typeof EntryView> {
  const { id, kind, credits, reserved, listingId, note, createdAt } = entry;
  return { id, kind, credits, reserved, listingId, note, createdAt: timeOf(createdAt) };
}

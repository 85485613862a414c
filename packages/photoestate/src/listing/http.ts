import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { WITHOUT_NUL } from '@repo/foundation/text';
import {
  errorResponses,
  json,
  type KeyContext,
  LINE_WITH_TEXT,
  ListingParams,
  ONE_LINE,
  pageOf,
  pageQuery,
  security,
  time,
  timeOf,
  timeOrNull,
} from '../api/rest.ts';
import type { Context } from '../context.ts';
import { archiveListings } from './archive.ts';
import { createListing } from './create.ts';
import { deleteListing } from './delete.ts';
import { getListing } from './get.ts';
import { requireListing, toListing } from './internal.ts';
import { listListings } from './list.ts';
import { restoreListings } from './restore.ts';
import { CreateListing, type Listing, ListingStatus, ListListings } from './schema.ts';
import { updateListing } from './update.ts';

const ListingView = z
  .object({
    id: z.string().openapi({ example: 'lst_8gKq2ZrT0yVbN4mXc1LwHd' }),
    address: z.string(),
    mlsId: z.string().nullable(),
    agent: z.object({ id: z.string(), name: z.string() }).nullable(),
    shootDate: z.iso.date().nullable(),
    notes: z.string(),
    tags: z.array(z.string()),
    status: ListingStatus.openapi({
      description:
        'Says what happened to the photos. review: some are finished and not delivered yet; which of them need a review, their enhancements say',
    }),
    archivedAt: time.nullable(),
    deliveredAt: time.nullable(),
    createdAt: time,
    updatedAt: time,
  })
  .openapi('Listing');

const ListedView = ListingView.extend({
  photoCount: z.int(),
  sceneCount: z.int(),
  enhancedCount: z.int().openapi({ description: 'Scenes that have at least one finished photo' }),
}).openapi('ListedListing');

const address = CreateListing.shape.address.openapi(LINE_WITH_TEXT);
const { mlsId, notes, tags, agentId, shootDate } = CreateListing.shape;
const tagPattern = String.raw`^[^\s\u0000-\u001f\u007f-\u009f,#]+$`;
const fields = {
  mlsId: mlsId.openapi({ ...ONE_LINE, type: ['string', 'null'], maxLength: 40 }),
  agentId: agentId.openapi({ description: 'A member of the organization' }),
  shootDate: shootDate.openapi({
    description: 'A day where the property is, since 1900',
    pattern: String.raw`^(19|[2-9]\d)\d\d-\d\d-\d\d$`,
  }),
  notes: notes.openapi(WITHOUT_NUL),
  tags: tags.openapi({
    type: 'array',
    maxItems: 20,
    items: { type: 'string', minLength: 1, maxLength: 40, pattern: tagPattern },
  }),
};

const NewListing = z.strictObject({ address, ...fields }).openapi('NewListing');
const ListingChanges = z
  .strictObject({ address: address.optional(), ...fields })
  .openapi('ListingChanges');
const Query = ListListings.omit({ organizationId: true })
  .extend({
    ...pageQuery,
    q: ListListings.shape.q.openapi(WITHOUT_NUL),
    tag: ListListings.shape.tag.openapi({ pattern: tagPattern }),
  })
  .strict();

const common = { tags: ['Listings'], security };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings',
  operationId: 'listListings',
  summary: 'List the organization’s listings',
  request: { query: Query },
  responses: {
    200: { description: 'Newest first', content: json(pageOf('ListingPage', ListedView)) },
    ...errorResponses(400, 401, 403),
  },
});

const createListingRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings',
  operationId: 'createListing',
  summary: 'Create a listing',
  request: { body: { required: true, content: json(NewListing) } },
  responses: {
    201: { description: 'The listing', content: json(ListingView) },
    ...errorResponses(400, 401, 403),
  },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings/{listingId}',
  operationId: 'getListing',
  summary: 'Get one listing',
  request: { params: ListingParams },
  responses: {
    200: { description: 'The listing', content: json(ListingView) },
    ...errorResponses(401, 403, 404),
  },
});

const updateRoute = createRoute({
  ...common,
  method: 'patch',
  path: '/listings/{listingId}',
  operationId: 'updateListing',
  summary: 'Change a listing; what is not named stays',
  request: { params: ListingParams, body: { required: true, content: json(ListingChanges) } },
  responses: {
    200: { description: 'The listing', content: json(ListingView) },
    ...errorResponses(400, 401, 403, 404),
  },
});

const archiveRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/archive',
  operationId: 'archiveListing',
  summary: 'Put a listing out of the way; nothing of it is lost',
  request: { params: ListingParams },
  responses: {
    200: { description: 'The listing', content: json(ListingView) },
    ...errorResponses(401, 403, 404),
  },
});

const restoreRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/restore',
  operationId: 'restoreListing',
  summary: 'Bring an archived listing back',
  request: { params: ListingParams },
  responses: {
    200: { description: 'The listing', content: json(ListingView) },
    ...errorResponses(401, 403, 404),
  },
});

const deleteRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/listings/{listingId}',
  operationId: 'deleteListing',
  summary: 'Delete a listing with its photos, for good',
  request: { params: ListingParams },
  responses: { 204: { description: 'It is gone' }, ...errorResponses(401, 403, 404) },
});

export function mountListings(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx, organizationId } = keyContext(c);
    const { items, nextCursor } = await listListings(ctx, {
      ...c.req.valid('query'),
      organizationId,
    });
    const data = items.map(({ photoCount, sceneCount, enhancedCount, ...one }) => ({
      ...restView(one),
      ...{ photoCount, sceneCount, enhancedCount },
    }));
    return c.json({ data, nextCursor }, 200);
  });
  app.openapi(createListingRoute, async (c) => {
    const { ctx, organizationId } = keyContext(c);
    const made = await createListing(ctx, { ...c.req.valid('json'), organizationId });
    return c.json(restView(made), 201);
  });
  app.openapi(getRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(restView(await getListing(ctx, c.req.valid('param'))), 200);
  });
  app.openapi(updateRoute, async (c) => {
    const { ctx } = keyContext(c);
    const change = { ...c.req.valid('json'), ...c.req.valid('param') };
    return c.json(restView(await updateListing(ctx, change)), 200);
  });
  app.openapi(archiveRoute, async (c) => {
    const { ctx } = keyContext(c);
    const { listingId } = c.req.valid('param');
    await archiveListings(ctx, { listingIds: [listingId] });
    return c.json(restView(await changedListing(ctx, listingId)), 200);
  });
  app.openapi(restoreRoute, async (c) => {
    const { ctx } = keyContext(c);
    const { listingId } = c.req.valid('param');
    await restoreListings(ctx, { listingIds: [listingId] });
    return c.json(restView(await changedListing(ctx, listingId)), 200);
  });
  app.openapi(deleteRoute, async (c) => {
    const { ctx } = keyContext(c);
    await deleteListing(ctx, c.req.valid('param'));
    return c.body(null, 204);
  });
}

/** For a key that was allowed to change it, whether or not it may read others. */
async function changedListing(ctx: Context, listingId: string): Promise<Listing> {
  return toListing(ctx.db, await requireListing(ctx, listingId, 'listing.edit'));
}

function restView(row: Listing): z.infer<typeof ListingView> {
  const { id, address, mlsId, agent, shootDate, notes, tags, status } = row;
  return {
    ...{ id, address, mlsId, agent, shootDate, notes, tags, status },
    archivedAt: timeOrNull(row.archivedAt),
    deliveredAt: timeOrNull(row.deliveredAt),
    createdAt: timeOf(row.createdAt),
    updatedAt: timeOf(row.updatedAt),
  };
}

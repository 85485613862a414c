import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import {
  EnhancementParams,
  errorResponses,
  json,
  type KeyContext,
  ListingParams,
  ONE_LINE,
  pageOf,
  pageQuery,
  SceneParams,
  security,
} from '../api/rest.ts';
import { cancelEnhancement } from './cancel.ts';
import { getEnhancement } from './get.ts';
import { pageEnhancements } from './page.ts';
import { quoteEnhancement } from './quote.ts';
import { retryEnhancement } from './retry.ts';
import {
  EnhancementQuote,
  LookName,
  PageEnhancements,
  StartEnhancement,
  StartListing,
} from './schema.ts';
import { enhanceScene } from './start.ts';
import { enhanceListing } from './start-listing.ts';
import { EnhancementView, enhancementView } from './view.ts';

const lookName = LookName.openapi({ pattern: ONE_LINE.pattern }).nullable().default(null);
const Batch = StartListing.omit({ listingId: true })
  .extend({ lookName })
  .strict()
  .openapi('NewBatch');
const One = StartEnhancement.omit({ sceneId: true })
  .extend({ lookName })
  .strict()
  .openapi('NewEnhancement');
const QuoteWish = EnhancementQuote.omit({ listingId: true })
  .extend({ lookName })
  .strict()
  .openapi('QuoteWish');
const Query = PageEnhancements.pick({ status: true }).extend(pageQuery).strict();

const Quote = z
  .object({
    scenes: z.int().openapi({ description: 'How many would be started' }),
    finished: z.int().openapi({ description: 'How many are finished in that look already' }),
    own: z.int().openapi({ description: 'How many of them have settings of their own' }),
    credits: z.int().openapi({ description: 'What they would cost' }),
    available: z.int().openapi({ description: 'What there is to spend' }),
  })
  .openapi('Quote');

const StartedBatch = z
  .object({
    batchId: z.string().openapi({ description: 'The order; order.done tells of its end' }),
    started: z.array(EnhancementView),
    skipped: z
      .array(z.object({ sceneId: z.string(), code: z.string(), reason: z.string() }))
      .openapi({ description: 'Scenes that cannot be enhanced now, and why' }),
  })
  .openapi('StartedBatch');

const common = { tags: ['Enhancements'], security };
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: json(schema) });

const quoteRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/enhancements/quote',
  operationId: 'quoteEnhancements',
  summary: 'Ask what it would cost; starts nothing',
  request: { params: ListingParams, body: body(QuoteWish) },
  responses: {
    200: { description: 'The price', content: json(Quote) },
    ...errorResponses(400, 401, 403, 404),
  },
});

const startRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/enhancements',
  operationId: 'enhanceListing',
  summary: 'Enhance every scene that has no current result in this look',
  description:
    'Credits for all of them are reserved at once, or nothing is started. A failed one gives its credit back.',
  request: { params: ListingParams, body: body(Batch) },
  responses: {
    201: { description: 'What was started', content: json(StartedBatch) },
    ...errorResponses(400, 401, 402, 403, 404, 409),
  },
});

const startSceneRoute = createRoute({
  ...common,
  method: 'post',
  path: '/scenes/{sceneId}/enhancements',
  operationId: 'enhanceScene',
  summary: 'Enhance one scene',
  request: { params: SceneParams, body: body(One) },
  responses: {
    201: { description: 'The enhancement', content: json(EnhancementView) },
    ...errorResponses(400, 401, 402, 403, 404, 409, 422),
  },
});

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings/{listingId}/enhancements',
  operationId: 'listEnhancements',
  summary: 'List a listing’s enhancements',
  request: { params: ListingParams, query: Query },
  responses: {
    200: {
      description: 'Newest first',
      content: json(pageOf('EnhancementPage', EnhancementView)),
    },
    ...errorResponses(400, 401, 403, 404),
  },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/enhancements/{enhancementId}',
  operationId: 'getEnhancement',
  summary: 'Get one enhancement',
  request: { params: EnhancementParams },
  responses: {
    200: { description: 'The enhancement', content: json(EnhancementView) },
    ...errorResponses(401, 403, 404),
  },
});

const cancelRoute = createRoute({
  ...common,
  method: 'post',
  path: '/enhancements/{enhancementId}/cancel',
  operationId: 'cancelEnhancement',
  summary: 'Stop one that waits or runs; its credit comes back',
  request: { params: EnhancementParams },
  responses: {
    200: { description: 'The enhancement', content: json(EnhancementView) },
    ...errorResponses(401, 403, 404, 409),
  },
});

const retryRoute = createRoute({
  ...common,
  method: 'post',
  path: '/enhancements/{enhancementId}/retry',
  operationId: 'retryEnhancement',
  summary: 'Try one again that failed or was cancelled',
  request: { params: EnhancementParams },
  responses: {
    200: { description: 'The enhancement', content: json(EnhancementView) },
    ...errorResponses(401, 402, 403, 404, 409, 422),
  },
});

export function mountEnhancements(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(quoteRoute, async (c) => {
    const { ctx } = keyContext(c);
    const wish = { ...c.req.valid('json'), ...c.req.valid('param') };
    return c.json(await quoteEnhancement(ctx, wish), 200);
  });
  app.openapi(startRoute, async (c) => {
    const { ctx } = keyContext(c);
    const wish = { ...c.req.valid('json'), ...c.req.valid('param') };
    const { batchId, started, skipped } = await enhanceListing(ctx, wish);
    return c.json({ batchId, started: started.map(enhancementView), skipped }, 201);
  });
  app.openapi(startSceneRoute, async (c) => {
    const { ctx } = keyContext(c);
    const wish = { ...c.req.valid('json'), ...c.req.valid('param') };
    return c.json(enhancementView(await enhanceScene(ctx, wish)), 201);
  });
  app.openapi(listRoute, async (c) => {
    const { ctx } = keyContext(c);
    const page = await pageEnhancements(ctx, { ...c.req.valid('query'), ...c.req.valid('param') });
    return c.json({ ...page, data: page.data.map(enhancementView) }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(enhancementView(await getEnhancement(ctx, c.req.valid('param'))), 200);
  });
  app.openapi(cancelRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(enhancementView(await cancelEnhancement(ctx, c.req.valid('param'))), 200);
  });
  app.openapi(retryRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(enhancementView(await retryEnhancement(ctx, c.req.valid('param'))), 200);
  });
}

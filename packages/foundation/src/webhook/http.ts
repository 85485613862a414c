import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { HttpApp, KernelEnv } from '../http/index.ts';
import { json, security } from '../rest/index.ts';
import { anyId } from '../text/index.ts';
import { createWebhook } from './create.ts';
import { deleteWebhook } from './delete.ts';
import { getDeliveryDetail, listDeliveries } from './deliveries.ts';
import type { WebhookContext, WebhookHome } from './home.ts';
import { getWebhook, listWebhooks } from './list.ts';
import { replayWebhook, resendDelivery, sendTest } from './resend.ts';
import type { WebhookSchemas } from './schema.ts';
import { rollSecret } from './secret.ts';
import { updateWebhook } from './update.ts';

export interface WebhookRoutes {
  home: WebhookHome;
  schemas: WebhookSchemas;
  /** Answers with errors, in the product's words. */
  errorResponses: (...statuses: number[]) => Record<number, object>;
  /** Who calls, and whose webhooks they mean. */
  caller(c: Context<KernelEnv>): { ctx: WebhookContext; ownerId: string };
}

const inPath = (name: string, example: string) =>
  anyId.openapi({ param: { name, in: 'path' }, example });
const WebhookId = z.object({ id: inPath('id', 'whk_8gKq2ZrT0yVbN4mXc1LwHd') });
const DeliveryId = WebhookId.extend({
  deliveryId: inPath('deliveryId', 'whd_8gKq2ZrT0yVbN4mXc1LwHd'),
});

const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: json(schema) });
const common = { tags: ['Webhooks'], security };

function endpointRoutes({ home: { ownerName }, schemas, errorResponses }: WebhookRoutes) {
  const listRoute = createRoute({
    ...common,
    method: 'get',
    path: '/webhooks',
    operationId: 'listWebhooks',
    summary: `List the ${ownerName}’s webhooks`,
    responses: {
      200: { description: 'Oldest first', content: json(schemas.WebhookList) },
      ...errorResponses(401, 403),
    },
  });

  const createWebhookRoute = createRoute({
    ...common,
    method: 'post',
    path: '/webhooks',
    operationId: 'createWebhook',
    summary: 'Have events sent to an address',
    request: { body: body(schemas.RestBodies.NewWebhook) },
    responses: {
      201: {
        description: 'The webhook, with its secret',
        content: json(schemas.WebhookWithSecret),
      },
      ...errorResponses(400, 401, 403, 409),
    },
  });

  const getRoute = createRoute({
    ...common,
    method: 'get',
    path: '/webhooks/{id}',
    operationId: 'getWebhook',
    summary: 'Get one webhook',
    request: { params: WebhookId },
    responses: {
      200: { description: 'The webhook', content: json(schemas.WebhookView) },
      ...errorResponses(401, 403, 404),
    },
  });

  const updateRoute = createRoute({
    ...common,
    method: 'patch',
    path: '/webhooks/{id}',
    operationId: 'updateWebhook',
    summary: 'Change, enable or disable a webhook',
    request: { params: WebhookId, body: { content: json(schemas.RestBodies.WebhookChanges) } },
    responses: {
      200: { description: 'The webhook', content: json(schemas.WebhookView) },
      ...errorResponses(400, 401, 403, 404),
    },
  });

  const deleteRoute = createRoute({
    ...common,
    method: 'delete',
    path: '/webhooks/{id}',
    operationId: 'deleteWebhook',
    summary: 'Delete a webhook and its log',
    request: { params: WebhookId },
    responses: { 204: { description: 'It is gone' }, ...errorResponses(401, 403, 404) },
  });

  return { listRoute, createWebhookRoute, getRoute, updateRoute, deleteRoute };
}

function actionRoutes({ schemas, errorResponses }: WebhookRoutes) {
  const rollRoute = createRoute({
    ...common,
    method: 'post',
    path: '/webhooks/{id}/roll',
    operationId: 'rollWebhookSecret',
    summary: 'Replace the secret; both sign for a while',
    request: {
      params: WebhookId,
      body: { required: false, content: json(schemas.RestBodies.Roll) },
    },
    responses: {
      200: {
        description: 'The webhook, with its new secret',
        content: json(schemas.WebhookWithSecret),
      },
      ...errorResponses(400, 401, 403, 404),
    },
  });

  const testRoute = createRoute({
    ...common,
    method: 'post',
    path: '/webhooks/{id}/test',
    operationId: 'testWebhook',
    summary: 'Send an event webhook.test',
    request: { params: WebhookId },
    responses: {
      202: { description: 'Its delivery', content: json(schemas.DeliveryView) },
      ...errorResponses(401, 403, 404, 409),
    },
  });

  const replayRoute = createRoute({
    ...common,
    method: 'post',
    path: '/webhooks/{id}/replay',
    operationId: 'replayWebhook',
    summary: 'Send the events of a range of time again',
    request: { params: WebhookId, body: body(schemas.RestBodies.Replay) },
    responses: {
      202: { description: 'How many deliveries begin', content: json(schemas.Replayed) },
      ...errorResponses(400, 401, 403, 404, 409),
    },
  });
  return { rollRoute, testRoute, replayRoute };
}

function deliveryRoutes({ schemas, errorResponses }: WebhookRoutes) {
  const deliveriesRoute = createRoute({
    ...common,
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    operationId: 'listWebhookDeliveries',
    summary: 'What was sent, newest first',
    request: { params: WebhookId, query: schemas.RestBodies.DeliveryQuery },
    responses: {
      200: { description: 'One page', content: json(schemas.DeliveryPage) },
      ...errorResponses(400, 401, 403, 404),
    },
  });

  const deliveryRoute = createRoute({
    ...common,
    method: 'get',
    path: '/webhooks/{id}/deliveries/{deliveryId}',
    operationId: 'getWebhookDelivery',
    summary: 'One delivery with every try',
    request: { params: DeliveryId },
    responses: {
      200: { description: 'The delivery', content: json(schemas.DeliveryDetail) },
      ...errorResponses(401, 403, 404),
    },
  });

  const resendRoute = createRoute({
    ...common,
    method: 'post',
    path: '/webhooks/{id}/deliveries/{deliveryId}/resend',
    operationId: 'resendWebhookDelivery',
    summary: 'Send one delivery again, with the same id',
    request: { params: DeliveryId },
    responses: {
      202: { description: 'The delivery', content: json(schemas.DeliveryView) },
      ...errorResponses(401, 403, 404, 409),
    },
  });

  return { deliveriesRoute, deliveryRoute, resendRoute };
}

/** The REST routes of webhooks. */
export function mountWebhooks(app: HttpApp, options: WebhookRoutes): void {
  const { home, caller } = options;
  const routes = endpointRoutes(options);
  app.openapi(routes.listRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    return c.json({ data: await listWebhooks({ home, ctx }, ownerId) }, 200);
  });
  app.openapi(routes.createWebhookRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    return c.json(
      await createWebhook({ home, ctx }, { ownerId, read: () => c.req.valid('json') }),
      201,
    );
  });
  app.openapi(routes.getRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    return c.json(
      await getWebhook({ home, ctx }, { ownerId, endpointId: c.req.valid('param').id }),
      200,
    );
  });
  app.openapi(routes.updateRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const ref = { ownerId, endpointId: c.req.valid('param').id };
    return c.json(
      await updateWebhook({ home, ctx }, { ref, read: () => c.req.valid('json') }),
      200,
    );
  });
  app.openapi(routes.deleteRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    await deleteWebhook({ home, ctx }, { ownerId, endpointId: c.req.valid('param').id });
    return c.body(null, 204);
  });
  mountDeliveries(app, options);
}

function mountDeliveries(app: HttpApp, options: WebhookRoutes): void {
  const { home, schemas, caller } = options;
  const routes = { ...actionRoutes(options), ...deliveryRoutes(options) };
  app.openapi(routes.rollRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const ref = { ownerId, endpointId: c.req.valid('param').id };
    return c.json(
      await rollSecret(
        { home, ctx },
        { ref, read: () => schemas.Roll.parse(c.req.valid('json') ?? {}) },
      ),
      200,
    );
  });
  app.openapi(routes.testRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    return c.json(
      await sendTest({ home, ctx }, { ownerId, endpointId: c.req.valid('param').id }),
      202,
    );
  });
  app.openapi(routes.deliveriesRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const ref = { ownerId, endpointId: c.req.valid('param').id };
    return c.json(
      await listDeliveries({ home, ctx }, { ref, read: () => c.req.valid('query') }),
      200,
    );
  });
  app.openapi(routes.deliveryRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const { id: endpointId, deliveryId } = c.req.valid('param');
    return c.json(await getDeliveryDetail({ home, ctx }, { ownerId, endpointId, deliveryId }), 200);
  });
  app.openapi(routes.resendRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const { id: endpointId, deliveryId } = c.req.valid('param');
    return c.json(await resendDelivery({ home, ctx }, { ownerId, endpointId, deliveryId }), 202);
  });
  app.openapi(routes.replayRoute, async (c) => {
    const { ctx, ownerId } = caller(c);
    const ref = { ownerId, endpointId: c.req.valid('param').id };
    return c.json(
      await replayWebhook({ home, ctx }, { ref, read: () => c.req.valid('json') }),
      202,
    );
  });
}

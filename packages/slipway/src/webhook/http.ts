import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { anyId } from '@repo/foundation/text';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { createWebhook } from './create.ts';
import { deleteWebhook } from './delete.ts';
import { getDeliveryDetail, listDeliveries } from './deliveries.ts';
import { getWebhook, listWebhooks } from './list.ts';
import { replayWebhook, resendDelivery, sendTest } from './resend.ts';
import {
  DeliveryDetail,
  DeliveryPage,
  DeliveryView,
  Replayed,
  RestBodies,
  WebhookList,
  WebhookView,
  WebhookWithSecret,
} from './schema.ts';
import { rollSecret } from './secret.ts';
import { updateWebhook } from './update.ts';

const inPath = (name: string, example: string) =>
  anyId.openapi({ param: { name, in: 'path' }, example });
const WebhookId = z.object({ id: inPath('id', 'whk_8gKq2ZrT0yVbN4mXc1LwHd') });
const DeliveryId = WebhookId.extend({
  deliveryId: inPath('deliveryId', 'whd_8gKq2ZrT0yVbN4mXc1LwHd'),
});

const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: json(schema) });
const common = { tags: ['Webhooks'], security };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/webhooks',
  operationId: 'listWebhooks',
  summary: 'List the project’s webhooks',
  responses: {
    200: { description: 'Oldest first', content: json(WebhookList) },
    ...errorResponses(401, 403),
  },
});

const createWebhookRoute = createRoute({
  ...common,
  method: 'post',
  path: '/webhooks',
  operationId: 'createWebhook',
  summary: 'Have events sent to an address',
  request: { body: body(RestBodies.NewWebhook) },
  responses: {
    201: { description: 'The webhook, with its secret', content: json(WebhookWithSecret) },
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
    200: { description: 'The webhook', content: json(WebhookView) },
    ...errorResponses(401, 403, 404),
  },
});

const updateRoute = createRoute({
  ...common,
  method: 'patch',
  path: '/webhooks/{id}',
  operationId: 'updateWebhook',
  summary: 'Change, enable or disable a webhook',
  request: { params: WebhookId, body: { content: json(RestBodies.WebhookChanges) } },
  responses: {
    200: { description: 'The webhook', content: json(WebhookView) },
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

const rollRoute = createRoute({
  ...common,
  method: 'post',
  path: '/webhooks/{id}/roll',
  operationId: 'rollWebhookSecret',
  summary: 'Replace the secret; both sign for a while',
  request: { params: WebhookId, body: { required: false, content: json(RestBodies.Roll) } },
  responses: {
    200: { description: 'The webhook, with its new secret', content: json(WebhookWithSecret) },
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
    202: { description: 'Its delivery', content: json(DeliveryView) },
    ...errorResponses(401, 403, 404, 409),
  },
});

const deliveriesRoute = createRoute({
  ...common,
  method: 'get',
  path: '/webhooks/{id}/deliveries',
  operationId: 'listWebhookDeliveries',
  summary: 'What was sent, newest first',
  request: { params: WebhookId, query: RestBodies.DeliveryQuery },
  responses: {
    200: { description: 'One page', content: json(DeliveryPage) },
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
    200: { description: 'The delivery', content: json(DeliveryDetail) },
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
    202: { description: 'The delivery', content: json(DeliveryView) },
    ...errorResponses(401, 403, 404, 409),
  },
});

const replayRoute = createRoute({
  ...common,
  method: 'post',
  path: '/webhooks/{id}/replay',
  operationId: 'replayWebhook',
  summary: 'Send the events of a range of time again',
  request: { params: WebhookId, body: body(RestBodies.Replay) },
  responses: {
    202: { description: 'How many deliveries begin', content: json(Replayed) },
    ...errorResponses(400, 401, 403, 404, 409),
  },
});

export function mountWebhooks(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json({ data: await listWebhooks(ctx, projectId) }, 200);
  });
  app.openapi(createWebhookRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await createWebhook(ctx, { ...c.req.valid('json'), projectId }), 201);
  });
  app.openapi(getRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await getWebhook(ctx, { projectId, endpointId: c.req.valid('param').id }), 200);
  });
  app.openapi(updateRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const ref = { projectId, endpointId: c.req.valid('param').id };
    return c.json(await updateWebhook(ctx, { ...c.req.valid('json'), ...ref }), 200);
  });
  app.openapi(deleteRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    await deleteWebhook(ctx, { projectId, endpointId: c.req.valid('param').id });
    return c.body(null, 204);
  });
  app.openapi(rollRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const ref = { projectId, endpointId: c.req.valid('param').id };
    return c.json(await rollSecret(ctx, { ...c.req.valid('json'), ...ref }), 200);
  });
  mountDeliveries(app, keyContext);
}

function mountDeliveries(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(testRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await sendTest(ctx, { projectId, endpointId: c.req.valid('param').id }), 202);
  });
  app.openapi(deliveriesRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const ref = { projectId, endpointId: c.req.valid('param').id };
    return c.json(await listDeliveries(ctx, { ...c.req.valid('query'), ...ref }), 200);
  });
  app.openapi(deliveryRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const { id: endpointId, deliveryId } = c.req.valid('param');
    return c.json(await getDeliveryDetail(ctx, { projectId, endpointId, deliveryId }), 200);
  });
  app.openapi(resendRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const { id: endpointId, deliveryId } = c.req.valid('param');
    return c.json(await resendDelivery(ctx, { projectId, endpointId, deliveryId }), 202);
  });
  app.openapi(replayRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const ref = { projectId, endpointId: c.req.valid('param').id };
    return c.json(await replayWebhook(ctx, { ...c.req.valid('json'), ...ref }), 202);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import { anyId, instant } from '@repo/foundation/text';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { KEY_SCOPES } from '../permission.ts';
import { type ApiKeyView, createApiKey, listApiKeys, revokeApiKey, rollApiKey } from './manage.ts';
import { CreateApiKey, RollApiKey } from './schema.ts';
import { KEY_ENVIRONMENTS } from './table.ts';

const KeyView = z
  .object({
    id: z.string().openapi({ example: 'key_8gKq2ZrT0yVbN4mXc1LwHd' }),
    name: z.string(),
    prefix: z.string().openapi({ example: 'sk_live_' }),
    last4: z.string(),
    environment: z.enum(KEY_ENVIRONMENTS),
    scopes: z.array(z.enum(KEY_SCOPES)),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
    rolledTo: z.string().nullable().openapi({
      description: 'The id of its successor; both work until expiresAt',
    }),
  })
  .openapi('ApiKey');

const KeyList = z.object({ data: z.array(KeyView) }).openapi('ApiKeyList');

const KeyWithSecret = KeyView.extend({
  key: z.string().openapi({ description: 'The key itself: in this answer and nowhere else' }),
}).openapi('ApiKeyWithSecret');

const NewKey = CreateApiKey.omit({ projectId: true })
  .extend({
    expiresAt: instant.nullable().default(null).openapi({
      description: 'In the future; null for a key that lasts until it is revoked',
    }),
  })
  .openapi('NewApiKey');
const RollKey = RollApiKey.omit({ projectId: true, keyId: true }).openapi('ApiKeyRoll');

const params = z.object({
  id: anyId.openapi({
    param: { name: 'id', in: 'path' },
    example: 'key_8gKq2ZrT0yVbN4mXc1LwHd',
  }),
});
const common = { tags: ['Keys'], security };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/keys',
  operationId: 'listKeys',
  summary: 'List the project’s keys',
  responses: {
    200: { description: 'Newest first; never the keys themselves', content: json(KeyList) },
    ...errorResponses(401, 403),
  },
});

const createKeyRoute = createRoute({
  ...common,
  method: 'post',
  path: '/keys',
  operationId: 'createKey',
  summary: 'Make one more key',
  request: { body: { required: true, content: json(NewKey) } },
  responses: {
    201: { description: 'The key; it is shown once', content: json(KeyWithSecret) },
    ...errorResponses(400, 401, 403, 409),
  },
});

const rollRoute = createRoute({
  ...common,
  method: 'post',
  path: '/keys/{id}/roll',
  operationId: 'rollKey',
  summary: 'Replace a key; both work for a while',
  request: { params, body: { required: true, content: json(RollKey) } },
  responses: {
    200: { description: 'The new key; it is shown once', content: json(KeyWithSecret) },
    ...errorResponses(400, 401, 403, 404, 409),
  },
});

const revokeRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/keys/{id}',
  operationId: 'revokeKey',
  summary: 'Revoke a key, at once',
  request: { params },
  responses: {
    204: { description: 'It opens nothing any more' },
    ...errorResponses(401, 403, 404),
  },
});

export function mountKeys(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json({ data: (await listApiKeys(ctx, projectId)).map(restView) }, 200);
  });
  app.openapi(createKeyRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const made = await createApiKey(ctx, { ...c.req.valid('json'), projectId });
    return c.json({ ...restView(made.apiKey), key: made.key }, 201);
  });
  app.openapi(rollRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    const ref = { projectId, keyId: c.req.valid('param').id };
    const made = await rollApiKey(ctx, { ...c.req.valid('json'), ...ref });
    return c.json({ ...restView(made.apiKey), key: made.key }, 200);
  });
  app.openapi(revokeRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    await revokeApiKey(ctx, { projectId, keyId: c.req.valid('param').id });
    return c.body(null, 204);
  });
}

function restView(view: ApiKeyView): z.infer<typeof KeyView> {
  const { id, name, prefix, last4, environment, scopes, rolledTo } = view;
  return {
    id,
    name,
    prefix,
    last4,
    environment,
    scopes,
    createdAt: view.createdAt.toISOString(),
    lastUsedAt: view.lastUsedAt?.toISOString() ?? null,
    expiresAt: view.expiresAt?.toISOString() ?? null,
    rolledTo,
  };
}

import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp, KernelEnv } from '@repo/foundation/http';
import { anyId } from '@repo/foundation/text';
import type { Context } from 'hono';
import { cors } from 'hono/cors';
import type { SlipwayContext } from '../context.ts';
import { errorResponses, json } from '../openapi.ts';
import { abortUpload } from './abort-upload.ts';
import { getUpload } from './get-upload.ts';
import { SignedParts, SignParts, UploadSession } from './schema.ts';
import { signParts } from './sign-parts.ts';

const params = z.object({ id: anyId.openapi({ param: { name: 'id', in: 'path' } }) });
const query = z.object({
  expires: z.string().openapi({ description: 'As in the address that was given' }),
  signature: z.string().openapi({ description: 'As in the address that was given' }),
});

const getUploadRoute = createRoute({
  method: 'get',
  path: '/uploads/{id}',
  operationId: 'getUpload',
  tags: ['Uploads'],
  summary: 'How far an upload in parts came',
  description:
    'Needs no key: the signed address is the permission. To go on after an interruption.',
  request: { params, query },
  responses: {
    200: { description: 'The parts that are there', content: json(UploadSession) },
    ...errorResponses(400, 403, 404),
  },
});

const signPartsRoute = createRoute({
  method: 'post',
  path: '/uploads/{id}',
  operationId: 'signParts',
  tags: ['Uploads'],
  summary: 'Ask for the URLs of parts',
  description: 'Each takes exactly its part. Ask again for parts whose URL expired.',
  request: { params, query, body: { required: true, content: json(SignParts) } },
  responses: {
    200: { description: 'Where to send the parts', content: json(SignedParts) },
    ...errorResponses(400, 403, 404, 409),
  },
});

const abortUploadRoute = createRoute({
  method: 'delete',
  path: '/uploads/{id}',
  operationId: 'abortUpload',
  tags: ['Uploads'],
  summary: 'Give an upload in parts up',
  request: { params, query },
  responses: {
    204: { description: 'Its parts are erased' },
    ...errorResponses(400, 403, 404, 409),
  },
});

/** The signed addresses of uploads in parts, for browsers of any origin. */
export function mountUploadSessions(
  app: HttpApp,
  makeContext: (c: Context<KernelEnv>) => SlipwayContext,
): void {
  app.use(
    '/uploads/*',
    cors({
      origin: '*',
      allowMethods: ['GET', 'POST', 'DELETE'],
      allowHeaders: ['content-type'],
      exposeHeaders: ['x-request-id', 'retry-after'],
      maxAge: 86_400,
    }),
  );
  const call = (c: Context<KernelEnv>, fileId: string) => ({
    fileId,
    query: new URL(c.req.url).searchParams,
  });
  app.openapi(getUploadRoute, async (c) =>
    c.json(await getUpload(makeContext(c), call(c, c.req.valid('param').id)), 200, {
      'cache-control': 'no-store',
    }),
  );
  app.openapi(signPartsRoute, async (c) => {
    const request = c.req.valid('json');
    const input = { ...call(c, c.req.valid('param').id), request };
    return c.json(await signParts(makeContext(c), input), 200);
  });
  app.openapi(abortUploadRoute, async (c) => {
    await abortUpload(makeContext(c), call(c, c.req.valid('param').id));
    return c.body(null, 204);
  });
}

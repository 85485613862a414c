import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { createUploadToken } from './upload-token.ts';
import { RequestUploadToken, UploadToken } from './upload-token-schema.ts';

const createUploadTokenRoute = createRoute({
  method: 'post',
  path: '/upload-token',
  operationId: 'createUploadToken',
  tags: ['Uploads'],
  summary: 'Make a token for tus uploads from a browser',
  description:
    'Whoever has it may create uploads at /tus for a while, within these limits and the project’s rules. It ends with the key that made it.',
  security,
  request: { body: { content: json(RequestUploadToken) } },
  responses: {
    201: { description: 'The token', content: json(UploadToken) },
    ...errorResponses(400, 401),
  },
});

export function mountUploadTokens(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(createUploadTokenRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await createUploadToken(ctx, { projectId, request: c.req.valid('json') }), 201);
  });
}

import { createRoute } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import type { KeyContext } from '../file/http.ts';
import { FileView } from '../file/schema.ts';
import { errorResponses, json, security } from '../openapi.ts';
import { UploadFromUrl } from './schema.ts';
import { uploadFromUrl } from './upload-from-url.ts';

const uploadFromUrlRoute = createRoute({
  method: 'post',
  path: '/upload-from-url',
  operationId: 'uploadFromUrl',
  tags: ['Uploads'],
  summary: 'Have a file fetched from a public address',
  description:
    'Rules and quotas are those of every upload. The bytes are fetched in the background: ask for the file until it is ready, or wait for its event. Addresses that are not of the public internet are refused, also behind redirects.',
  security,
  request: { body: { required: true, content: json(UploadFromUrl) } },
  responses: {
    202: { description: 'The file, on its way', content: json(FileView) },
    ...errorResponses(400, 401, 403, 409, 422),
  },
});

export function mountUploadFromUrl(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(uploadFromUrlRoute, async (c) => {
    const { ctx, projectId } = keyContext(c);
    return c.json(await uploadFromUrl(ctx, { projectId, upload: c.req.valid('json') }), 202);
  });
}

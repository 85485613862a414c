import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import {
  EnhancementParams,
  errorResponses,
  type KeyContext,
  PhotoParams,
  security,
} from '../api/rest.ts';
import { linkTo } from './link.ts';
import { findPhoto, findResult, PhotoSize, ResultSize } from './pictures.ts';

const sizeIn = <S extends z.ZodType>(sizes: S) =>
  sizes.openapi({ param: { name: 'size', in: 'path' } });

const responses = {
  302: {
    description: 'The picture is at Location, for some minutes',
    headers: z.object({ Location: z.string() }),
  },
  ...errorResponses(400, 401, 403, 404, 503),
};

const photoRoute = createRoute({
  tags: ['Photos'],
  security,
  method: 'get',
  path: '/photos/{photoId}/files/{size}',
  operationId: 'downloadPhoto',
  summary: 'Download a photo: as it came, or smaller',
  request: { params: PhotoParams.extend({ size: sizeIn(PhotoSize) }) },
  responses,
});

const resultRoute = createRoute({
  tags: ['Enhancements'],
  security,
  method: 'get',
  path: '/enhancements/{enhancementId}/files/{size}',
  operationId: 'downloadEnhancement',
  summary: 'Download a finished photo',
  request: { params: EnhancementParams.extend({ size: sizeIn(ResultSize) }) },
  responses,
});

/** Files of photos and results: a signed link to the storage, under the name that they are saved by. */
export function mountPhotoFiles(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(photoRoute, async (c) => {
    const { ctx } = keyContext(c);
    const { photoId: id, size } = c.req.valid('param');
    const { fileId, name } = await findPhoto(ctx, { id, size });
    return c.redirect(await linkTo(ctx, { id: fileId, download: name }), 302);
  });
  app.openapi(resultRoute, async (c) => {
    const { ctx } = keyContext(c);
    const { enhancementId: id, size } = c.req.valid('param');
    const { fileId, name } = await findResult(ctx, { id, size });
    return c.redirect(await linkTo(ctx, { id: fileId, download: name }), 302);
  });
}

import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import {
  errorResponses,
  inPath,
  json,
  type KeyContext,
  ListingParams,
  PhotoParams,
  pageOf,
  pageQuery,
  security,
} from '../api/rest.ts';
import { movePhoto } from '../scene/move-photo.ts';
import { MovePhoto } from '../scene/schema.ts';
import { completePhotoUpload } from './complete-upload.ts';
import { deletePhoto } from './delete.ts';
import { photoFromUrl } from './from-url.ts';
import { getPhoto } from './get.ts';
import { pagePhotos } from './page.ts';
import { requestPhotoUpload } from './request-upload.ts';
import { PagePhotos, PhotoFromUrl, RequestPhotoUpload } from './schema.ts';
import { PhotoView, photoView } from './view.ts';

const UploadId = ListingParams.extend({
  uploadId: inPath('uploadId', 'file_8gKq2ZrT0yVbN4mXc1LwHd'),
});
const NewPhoto = RequestPhotoUpload.omit({ listingId: true }).strict().openapi('NewPhoto');
const NewPhotoFromUrl = PhotoFromUrl.omit({ listingId: true }).strict().openapi('NewPhotoFromUrl');
const Move = MovePhoto.omit({ photoId: true }).strict().openapi('PhotoMove');
const Query = PagePhotos.pick({ status: true }).extend(pageQuery).strict();

const PhotoUpload = z
  .object({
    uploadId: z.string(),
    url: z.string().openapi({ description: 'Send the bytes there' }),
    method: z.enum(['PUT', 'POST']),
    headers: z.record(z.string(), z.string()).openapi({
      description: 'To be sent exactly as they are',
    }),
    expiresAt: z.string(),
  })
  .openapi('PhotoUpload');

const PhotoOnItsWay = z
  .object({ uploadId: z.string(), status: z.literal('verifying') })
  .openapi('PhotoOnItsWay');
const Moved = z.object({ sceneId: z.string() }).openapi('MovedPhoto');

const common = { tags: ['Photos'], security };
const body = <S extends z.ZodType>(schema: S) => ({ required: true, content: json(schema) });

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings/{listingId}/photos',
  operationId: 'listPhotos',
  summary: 'List a listing’s photos',
  request: { params: ListingParams, query: Query },
  responses: {
    200: { description: 'In order of arrival', content: json(pageOf('PhotoPage', PhotoView)) },
    ...errorResponses(400, 401, 403, 404),
  },
});

const uploadRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/photos',
  operationId: 'createPhoto',
  summary: 'Say what comes, and learn where its bytes go',
  description:
    'Then send the bytes to `url` with `method` and `headers`, and complete the upload. The bytes go to the storage directly.',
  request: { params: ListingParams, body: body(NewPhoto) },
  responses: {
    201: { description: 'Where the bytes go', content: json(PhotoUpload) },
    ...errorResponses(400, 401, 403, 404, 422, 503),
  },
});

const completeRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/photos/{uploadId}/complete',
  operationId: 'completePhoto',
  summary: 'Say that the bytes were sent',
  description:
    'May be called again. What nobody completes is taken in some minutes later by itself.',
  request: { params: UploadId },
  responses: {
    200: { description: 'The photo', content: json(PhotoView) },
    202: { description: 'The storage still looks at it: ask again', content: json(PhotoOnItsWay) },
    ...errorResponses(401, 403, 404, 409, 422, 503),
  },
});

const fromUrlRoute = createRoute({
  ...common,
  method: 'post',
  path: '/listings/{listingId}/photos/from-url',
  operationId: 'createPhotoFromUrl',
  summary: 'Have a photo fetched from an address',
  request: { params: ListingParams, body: body(NewPhotoFromUrl) },
  responses: {
    202: {
      description: 'It is being fetched; complete it to learn what came of it',
      content: json(PhotoOnItsWay),
    },
    ...errorResponses(400, 401, 403, 404, 422, 503),
  },
});

const getRoute = createRoute({
  ...common,
  method: 'get',
  path: '/photos/{photoId}',
  operationId: 'getPhoto',
  summary: 'Get one photo',
  request: { params: PhotoParams },
  responses: {
    200: { description: 'The photo', content: json(PhotoView) },
    ...errorResponses(401, 403, 404),
  },
});

const moveRoute = createRoute({
  ...common,
  method: 'post',
  path: '/photos/{photoId}/move',
  operationId: 'movePhoto',
  summary: 'Put a photo into another scene, or into one of its own',
  request: { params: PhotoParams, body: body(Move) },
  responses: {
    200: { description: 'The scene in which it is now', content: json(Moved) },
    ...errorResponses(400, 401, 403, 404, 409, 422),
  },
});

const deleteRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/photos/{photoId}',
  operationId: 'deletePhoto',
  summary: 'Delete a photo, for good',
  request: { params: PhotoParams },
  responses: { 204: { description: 'It is gone' }, ...errorResponses(401, 403, 404) },
});

export function mountPhotos(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(fromUrlRoute, async (c) => {
    const { ctx } = keyContext(c);
    const wish = { ...c.req.valid('json'), ...c.req.valid('param') };
    const { id: uploadId } = await photoFromUrl(ctx, wish);
    return c.json({ uploadId, status: 'verifying' as const }, 202);
  });
  app.openapi(uploadRoute, async (c) => {
    const { ctx } = keyContext(c);
    const wish = { ...c.req.valid('json'), ...c.req.valid('param') };
    const { id: uploadId, url, method, headers, expiresAt } = await requestPhotoUpload(ctx, wish);
    return c.json({ uploadId, url, method, headers: { ...headers }, expiresAt }, 201);
  });
  app.openapi(completeRoute, async (c) => {
    const { ctx } = keyContext(c);
    const ref = c.req.valid('param');
    const photo = await completePhotoUpload(ctx, ref);
    if (photo === null)
      return c.json({ uploadId: ref.uploadId, status: 'verifying' as const }, 202);
    return c.json(photoView(photo), 200);
  });
  app.openapi(listRoute, async (c) => {
    const { ctx } = keyContext(c);
    const page = await pagePhotos(ctx, { ...c.req.valid('query'), ...c.req.valid('param') });
    return c.json({ ...page, data: page.data.map(photoView) }, 200);
  });
  app.openapi(getRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(photoView(await getPhoto(ctx, c.req.valid('param'))), 200);
  });
  app.openapi(moveRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(await movePhoto(ctx, { ...c.req.valid('json'), ...c.req.valid('param') }), 200);
  });
  app.openapi(deleteRoute, async (c) => {
    const { ctx } = keyContext(c);
    await deletePhoto(ctx, c.req.valid('param'));
    return c.body(null, 204);
  });
}

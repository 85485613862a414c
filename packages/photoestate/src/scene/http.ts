import { createRoute, z } from '@hono/zod-openapi';
import type { HttpApp } from '@repo/foundation/http';
import {
  errorResponses,
  json,
  type KeyContext,
  ListingParams,
  SceneParams,
  security,
} from '../api/rest.ts';
import { EnhancementView, enhancementView } from '../enhancement/view.ts';
import { deleteScene } from './delete.ts';
import { listScenes } from './list.ts';
import { mergeScenes } from './merge.ts';
import { MergeScenes, type Scene, SplitScene } from './schema.ts';
import { splitScene } from './split.ts';

const SceneView = z
  .object({
    id: z.string().openapi({ example: 'scn_8gKq2ZrT0yVbN4mXc1LwHd' }),
    listingId: z.string(),
    position: z.number().openapi({ description: '1, 2, 3… in the order of the shoot' }),
    rating: z.int().openapi({ description: 'Stars, 1 to 5; 0: none given' }),
    manual: z.boolean().openapi({ description: 'Put together by hand; sorting leaves it alone' }),
    photoIds: z.array(z.string()),
    enhancement: EnhancementView.nullable().openapi({
      description: 'Under way, or what ended last',
    }),
    result: EnhancementView.nullable().openapi({ description: 'The newest finished one' }),
  })
  .openapi('Scene');
/** A listing has at most some hundred scenes: they come together. */
const SceneList = z.object({ data: z.array(SceneView) }).openapi('SceneList');

const Merge = MergeScenes.omit({ sceneId: true }).strict().openapi('SceneMerge');
const Split = SplitScene.omit({ sceneId: true, parts: true }).strict().openapi('SceneSplit');
const Merged = z.object({ sceneId: z.string() }).openapi('MergedScenes');
const Parts = z.object({ sceneIds: z.array(z.string()) }).openapi('SceneParts');

const common = { tags: ['Scenes'], security };

const listRoute = createRoute({
  ...common,
  method: 'get',
  path: '/listings/{listingId}/scenes',
  operationId: 'listScenes',
  summary: 'List a listing’s scenes',
  description:
    'Frames are sorted into scenes by their time, exposure and content, a moment after each upload.',
  request: { params: ListingParams },
  responses: {
    200: { description: 'In the order of the shoot', content: json(SceneList) },
    ...errorResponses(401, 403, 404),
  },
});

const mergeRoute = createRoute({
  ...common,
  method: 'post',
  path: '/scenes/{sceneId}/merge',
  operationId: 'mergeScenes',
  summary: 'Make one scene of several',
  request: { params: SceneParams, body: { required: true, content: json(Merge) } },
  responses: {
    200: { description: 'The scene that stays', content: json(Merged) },
    ...errorResponses(400, 401, 403, 404, 422),
  },
});

const splitRoute = createRoute({
  ...common,
  method: 'post',
  path: '/scenes/{sceneId}/split',
  operationId: 'splitScene',
  summary: 'Take frames out of a scene into a new one',
  description: 'Without `photoIds` every frame becomes a scene of its own.',
  request: { params: SceneParams, body: { required: true, content: json(Split) } },
  responses: {
    200: { description: 'All parts; the first is the scene that was split', content: json(Parts) },
    ...errorResponses(400, 401, 403, 404, 409),
  },
});

const deleteRoute = createRoute({
  ...common,
  method: 'delete',
  path: '/scenes/{sceneId}',
  operationId: 'deleteScene',
  summary: 'Delete a scene with all its photos, for good',
  description: 'What is under way for it ends, and its credit is given back.',
  request: { params: SceneParams },
  responses: { 204: { description: 'It is gone' }, ...errorResponses(401, 403, 404) },
});

export function mountScenes(app: HttpApp, keyContext: KeyContext): void {
  app.openapi(listRoute, async (c) => {
    const { ctx } = keyContext(c);
    const data = (await listScenes(ctx, c.req.valid('param'))).map(sceneView);
    return c.json({ data }, 200);
  });
  app.openapi(mergeRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(await mergeScenes(ctx, { ...c.req.valid('json'), ...c.req.valid('param') }), 200);
  });
  app.openapi(splitRoute, async (c) => {
    const { ctx } = keyContext(c);
    return c.json(await splitScene(ctx, { ...c.req.valid('json'), ...c.req.valid('param') }), 200);
  });
  app.openapi(deleteRoute, async (c) => {
    const { ctx } = keyContext(c);
    await deleteScene(ctx, c.req.valid('param'));
    return c.body(null, 204);
  });
}

function sceneView(scene: Scene): z.infer<typeof SceneView> {
  const { id, listingId, position, rating, manual, photos, enhancement, result } = scene;
  return {
    id,
    listingId,
    position,
    rating,
    manual,
    photoIds: photos.map((photo) => photo.id),
    enhancement: enhancement && enhancementView(enhancement),
    result: result && enhancementView(result),
  };
}

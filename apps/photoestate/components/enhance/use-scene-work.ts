'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sceneName } from '../../lib/scene-edits.ts';
import { describeError, type Enhancement, type Scene, useTRPC } from '../../lib/trpc.ts';

/** Starting, cancelling and retrying one scene's enhancement. */
export function useSceneWork(scene: Pick<Scene, 'id' | 'listingId' | 'position' | 'label'>) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { id: sceneId, listingId } = scene;
  const scenesKey = trpc.scene.list.queryKey({ listingId });

  /** The answer is the new state: it is shown without waiting for the news of it. */
  const onSuccess = (enhancement: Enhancement) => {
    queries.setQueryData(scenesKey, (scenes) =>
      scenes?.map((each) => (each.id === enhancement.sceneId ? { ...each, enhancement } : each)),
    );
  };
  const refresh = () => {
    void queries.invalidateQueries({ queryKey: scenesKey });
    void queries.invalidateQueries({ queryKey: trpc.credit.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.enhancement.quote.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.listing.get.queryKey({ listingId }) });
    void queries.invalidateQueries({
      queryKey: trpc.enhancement.listForScene.queryKey({ sceneId }),
    });
  };
  const failed = (what: string) => (error: unknown) =>
    void toast.error(`${sceneName(scene)} ${what}`, { description: describeError(error).message });

  const start = useMutation(
    trpc.enhancement.start.mutationOptions({
      onSuccess,
      onError: failed('was not started'),
      onSettled: refresh,
    }),
  );
  const retry = useMutation(
    trpc.enhancement.retry.mutationOptions({
      onSuccess,
      onError: failed('was not started again'),
      onSettled: refresh,
    }),
  );
  const cancel = useMutation(
    trpc.enhancement.cancel.mutationOptions({
      onSuccess,
      onError: failed('was not cancelled'),
      onSettled: refresh,
    }),
  );
  return { start, retry, cancel };
}

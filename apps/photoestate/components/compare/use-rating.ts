'use client';

import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { describeError, type Scene, useTRPC } from '../../lib/trpc.ts';

/** The digits that give stars, as Lightroom has them: 0 takes them away. */
export const starKeys = ['0', '1', '2', '3', '4', '5'];

export function starsOfKey({ code, key }: KeyboardEvent): number {
  return Number(/\d$/.exec(code)?.[0] ?? key);
}

/** Gives stars to scenes; shown at once, and taken back if the server could not keep them. */
export function useRating(listingId: string): (sceneId: string, rating: number) => void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.scene.list.queryKey({ listingId });
  const show = (sceneId: string, rating: number) => {
    queries.setQueryData(key, (scenes: Scene[] | undefined) =>
      scenes?.map((scene) => (scene.id === sceneId ? { ...scene, rating } : scene)),
    );
  };
  const rate = useMutation(
    trpc.scene.rate.mutationOptions({
      onMutate: async ({ sceneId, rating }) => {
        // An older answer that is on its way must not overwrite the stars.
        await queries.cancelQueries({ queryKey: key });
        const before = queries.getQueryData(key)?.find(({ id }) => id === sceneId)?.rating ?? 0;
        show(sceneId, rating);
        return before;
      },
      onError: (error, input, before) => {
        if (before !== undefined) show(input.sceneId, before);
        toast.error('The stars were not kept', {
          description: describeError(error).message,
          action: { label: 'Retry', onClick: () => rate.mutate(input) },
        });
      },
      onSettled: () => void queries.invalidateQueries({ queryKey: key }),
    }),
  );
  return (sceneId, rating) => rate.mutate({ sceneId, rating });
}

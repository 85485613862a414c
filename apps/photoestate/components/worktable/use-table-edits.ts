'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { sceneName, sceneOf, withPhotoMoved } from '../../lib/scene-edits.ts';
import { type Photo, type Scene, useTRPC, useTRPCClient } from '../../lib/trpc.ts';
import { TableEditor } from './table-editor.ts';

export function useTableEdits(listingId: string, announce: (text: string) => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const editor = useMemo(
    () => new TableEditor({ listingId, queries, trpc, announce }),
    [announce, listingId, queries, trpc],
  );

  const movePhoto = (photo: Photo, sceneId: string | null) => {
    const scenes = editor.scenes();
    const from = sceneOf(scenes, photo.id);
    const to = scenes.find(({ id }) => id === sceneId);
    if (from?.id === sceneId || (sceneId === null && from?.photos.length === 1)) return;
    const alone = from?.photos.length === 1;
    void editor.apply({
      done: `${photo.name} moved to ${to ? sceneName(to) : 'a new scene'}.`,
      failed: `${photo.name} was not moved`,
      preview: (known) => withPhotoMoved(known, photo.id, sceneId),
      run: async () => {
        await client.photo.move.mutate({ photoId: photo.id, sceneId });
        const home = alone || !from ? null : from.id;
        return () => client.photo.move.mutate({ photoId: photo.id, sceneId: home });
      },
    });
  };

  const mergeScene = (scene: Scene, into: Scene) => {
    const photoIds = scene.photos.map(({ id }) => id);
    void editor.apply({
      done: `${sceneName(scene)} merged into ${sceneName(into)}.`,
      failed: 'The scenes were not merged',
      run: async () => {
        await client.scene.merge.mutate({ sceneId: into.id, fromSceneIds: [scene.id] });
        return () => client.scene.split.mutate({ sceneId: into.id, photoIds });
      },
    });
  };

  const splitScene = (scene: Scene) => {
    void editor.apply({
      done: `${sceneName(scene)} split into single photos.`,
      failed: 'The scene was not split',
      run: async () => {
        const { sceneIds } = await client.scene.split.mutate({ sceneId: scene.id });
        const fromSceneIds = sceneIds.filter((id) => id !== scene.id);
        return () => client.scene.merge.mutate({ sceneId: scene.id, fromSceneIds });
      },
    });
  };

  return { editor, movePhoto, mergeScene, splitScene };
}

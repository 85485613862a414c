'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Edit, nameNewScene, withEdits } from '../../lib/offline/edits.ts';
import { hasRoom, maxFrames, sceneName, sceneOf } from '../../lib/scene-edits.ts';
import { type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';
import { useOutbox } from '../offline/outbox.tsx';
import { TableEditor } from './table-editor.ts';

/** The server would refuse it as well, but only after it was shown as done. */
function refuseFull(editor: TableEditor, scene: Scene): void {
  editor.refuse(
    `${sceneName(scene)} is full`,
    `A scene holds ${maxFrames} exposures at most. Move one of its own out first.`,
  );
}

/** What a person does to the grouping of a listing. */
export function useTableEdits(listingId: string, announce: (text: string) => void) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const outbox = useOutbox();
  const editor = useMemo(() => new TableEditor(outbox, announce), [announce, outbox]);

  /** As it is on the screen at this moment. */
  const scenesNow = () => {
    const edits = outbox.getSnapshot().edits.map(({ edit }) => edit);
    const mine = edits.filter((edit) => edit.listingId === listingId);
    return withEdits(queries.getQueryData(trpc.scene.list.queryKey({ listingId })) ?? [], mine);
  };

  const movePhoto = (photo: Photo, sceneId: string | null) => {
    const { id: photoId, name } = photo;
    const scenes = scenesNow();
    const from = sceneOf(scenes, photoId);
    const to = scenes.find(({ id }) => id === sceneId);
    const alone = from?.photos.length === 1;
    if (from?.id === sceneId || (sceneId === null && alone)) return;
    if (to && !hasRoom(to)) return refuseFull(editor, to);
    const move = (target: string | null): Edit => ({
      path: 'photo.move',
      listingId,
      failed: `${name} was not moved`,
      input: {
        photoId,
        sceneId: target,
        ...(target === null && { newSceneId: nameNewScene() }),
      },
    });
    editor.apply({
      edit: move(sceneId),
      done: `${name} moved to ${to ? sceneName(to) : 'a new scene'}.`,
      inverse: move(alone || !from ? null : from.id),
    });
  };

  const mergeScene = (scene: Scene, into: Scene) => {
    const photoIds = scene.photos.map(({ id }) => id);
    const base = { listingId, failed: 'The scenes were not merged' };
    editor.apply({
      edit: {
        ...base,
        path: 'scene.merge',
        input: { sceneId: into.id, fromSceneIds: [scene.id] },
      },
      done: `${sceneName(scene)} merged into ${sceneName(into)}.`,
      inverse: {
        ...base,
        path: 'scene.split',
        input: { sceneId: into.id, photoIds, newSceneIds: [nameNewScene()] },
      },
    });
  };

  const splitScene = (scene: Scene) => {
    const newSceneIds = scene.photos.slice(1).map(nameNewScene);
    const base = { listingId, failed: 'The scene was not split' };
    editor.apply({
      edit: { ...base, path: 'scene.split', input: { sceneId: scene.id, newSceneIds } },
      done: `${sceneName(scene)} split into single photos.`,
      inverse: {
        ...base,
        path: 'scene.merge',
        input: { sceneId: scene.id, fromSceneIds: newSceneIds },
      },
    });
  };

  return { editor, movePhoto, mergeScene, splitScene };
}

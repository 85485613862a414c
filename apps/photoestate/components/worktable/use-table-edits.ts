'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { counted } from '../../lib/listing-status.ts';
import { type Edit, nameNewScene, withEdits } from '../../lib/offline/edits.ts';
import { hasRoom, maxFrames, sceneName, sceneOf } from '../../lib/scene-edits.ts';
import { type Photo, type Scene, useTRPC } from '../../lib/trpc.ts';
import { useOutbox } from '../offline/outbox.tsx';
import { type TableEdit, TableEditor } from './table-editor.ts';

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
    const move = (target: string | null, newSceneId = nameNewScene()): Edit => ({
      path: 'photo.move',
      listingId,
      failed: `${name} was not moved`,
      input: {
        photoId,
        sceneId: target,
        ...(target === null && { newSceneId }),
      },
    });
    editor.apply({
      edit: move(sceneId),
      done: `${name} moved to ${to ? sceneName(to) : 'a new scene'}.`,
      inverse: move(alone || !from ? null : from.id, alone ? from.id : undefined),
    });
  };

  /** False when they are too many for one scene. */
  const mergeScenes = (from: readonly Scene[], into: Scene): boolean => {
    const moving = from.flatMap(({ photos }) => photos).length;
    const fits = hasRoom(into, moving);
    if (fits) editor.apply(merging(listingId, from, into));
    else {
      const all = counted(into.photos.length + moving, 'exposure');
      editor.refuse(`${all} are too many`, `A scene holds ${maxFrames} at most.`);
    }
    return fits;
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

  return { editor, movePhoto, mergeScenes, splitScene };
}

function merging(listingId: string, from: readonly Scene[], into: Scene): TableEdit {
  const base = { listingId, failed: 'The scenes were not merged' };
  const fromSceneIds = from.map(({ id }) => id);
  const parts = from.map(({ photos }) => photos.map(({ id }) => id));
  const [only] = from.length === 1 ? from : [];
  return {
    edit: { ...base, path: 'scene.merge', input: { sceneId: into.id, fromSceneIds } },
    done: only
      ? `${sceneName(only)} merged into ${sceneName(into)}.`
      : `${counted(from.length + 1, 'scene')} merged into one.`,
    // Under their own names, so that their stars and settings come back with them.
    inverse: {
      ...base,
      path: 'scene.split',
      input: { sceneId: into.id, parts, newSceneIds: fromSceneIds },
    },
  };
}

import type { AppRouter, EditPath } from '@repo/photoestate/router';
import type { inferRouterInputs } from '@trpc/server';
import { newName } from '../new-name.ts';
import { sceneOf, withoutPhotos, withPhotoMoved } from '../scene-edits.ts';
import type { Photo, Scene } from '../trpc.ts';

type Inputs = inferRouterInputs<AppRouter>;

/** What to say of a change; kept with it, because it may be sent by a page that never saw what it is about. */
export type EditWords = {
  failed: string;
  /** Of a deletion, which says it again when it is tried again; missing in what older pages kept. */
  said?: { done: string; note: string };
};

/** Only what the server makes once for each key. */
type Of<Path extends EditPath, Input> = EditWords & {
  path: Path;
  input: Input;
  /** Where it is shown; null for what belongs to no listing. */
  listingId: string | null;
};

/** Changes that are made at once, whether there is a connection or not. */
export type Edit =
  | Of<'photo.move', Inputs['photo']['move']>
  | Of<'photo.delete', Inputs['photo']['delete']>
  | Of<'scene.merge', Inputs['scene']['merge']>
  | Of<'scene.delete', Inputs['scene']['delete']>
  | Of<'scene.split', Inputs['scene']['split']>
  | Of<'scene.setSettings', Inputs['scene']['setSettings']>
  | Of<'scene.rate', Inputs['scene']['rate']>
  | Of<'listing.update', Inputs['listing']['update']>
  | Of<'listing.archive', Inputs['listing']['archive']>
  | Of<'listing.restore', Inputs['listing']['restore']>
  | Of<'review.accept', Inputs['review']['accept']>
  | Of<'review.reject', Inputs['review']['reject']>
  | Of<'organization.rename', Inputs['organization']['rename']>;

/** The table with changes that the server may not have made yet. Those it has made change nothing again. */
export function withEdits(scenes: readonly Scene[], edits: readonly Edit[]): Scene[] {
  return edits.reduce<Scene[]>((table, edit) => withEdit(table, edit), [...scenes]);
}

function withEdit(scenes: Scene[], edit: Edit): Scene[] {
  switch (edit.path) {
    case 'photo.move': {
      const { photoId, sceneId, newSceneId: id = 'scn_new' } = edit.input;
      return withPhotoMoved(scenes, photoId, sceneId ?? { id });
    }
    case 'photo.delete':
    case 'scene.delete':
      return withoutPhotos(scenes, deletedBy([edit]));
    case 'scene.merge':
      return edit.input.fromSceneIds.reduce(
        (table, from) => withSceneMerged(table, from, edit.input.sceneId),
        scenes,
      );
    case 'scene.split':
      return withSceneSplit(scenes, edit.input);
    case 'scene.setSettings': {
      const { sceneIds, look } = edit.input;
      const settings = look === null ? null : settled(look);
      return scenes.map((scene) => (sceneIds.includes(scene.id) ? { ...scene, settings } : scene));
    }
    case 'scene.rate': {
      const { sceneId, rating } = edit.input;
      return scenes.map((scene) => (scene.id === sceneId ? { ...scene, rating } : scene));
    }
    default:
      return scenes;
  }
}

type Wish = NonNullable<Inputs['scene']['setSettings']['look']>;

/** As the server keeps it. */
function settled({ preset = 'natural', adjustments = {}, lookName = null }: Wish) {
  return { preset, adjustments, lookName };
}

function withSceneMerged(scenes: Scene[], from: string, into: string): Scene[] {
  const gone = scenes.find(({ id }) => id === from);
  if (!gone || !scenes.some(({ id }) => id === into)) return scenes;
  return gone.photos.reduce((table, { id }) => withPhotoMoved(table, id, into), scenes);
}

function withSceneSplit(scenes: Scene[], input: Inputs['scene']['split']): Scene[] {
  const { sceneId, photoIds, parts: chosen = photoIds && [photoIds], newSceneIds = [] } = input;
  const members = scenes.find(({ id }) => id === sceneId)?.photos.map(({ id }) => id) ?? [];
  const parts = (chosen ?? members.slice(1).map((id) => [id])).map((part, index) => ({
    part,
    id: newSceneIds[index],
  }));
  // Each comes right behind the scene that it leaves, so the last one goes first.
  return parts.toReversed().reduce((table, { part, id }) => {
    const here = part.filter((photoId) => sceneOf(table, photoId)?.id === sceneId);
    if (id === undefined || here.length === members.length) return table;
    return here.reduce(
      (now, photoId, at) => withPhotoMoved(now, photoId, at === 0 ? { id } : id),
      table,
    );
  }, scenes);
}

export function withoutDeleted(photos: readonly Photo[], edits: readonly Edit[]): Photo[] {
  const gone = deletedBy(edits);
  return photos.filter(({ id }) => !gone.has(id));
}

export function deletedBy(edits: readonly Edit[]): Set<string> {
  return new Set(
    edits.flatMap((edit) => {
      if (edit.path === 'photo.delete') return edit.input.photoId;
      return edit.path === 'scene.delete' ? (edit.input.photoIds ?? []) : [];
    }),
  );
}

/** Finished photos that were decided about. */
export function decidedBy(edits: readonly Edit[]): Set<string> {
  return new Set(
    edits.flatMap((edit) =>
      edit.path === 'review.accept' || edit.path === 'review.reject'
        ? edit.input.enhancementId
        : [],
    ),
  );
}

/** Listings that were put into the archive or brought back, and which of the two. */
export function archivedBy(edits: readonly Edit[]): Map<string, boolean> {
  return new Map(
    edits.flatMap((edit) =>
      edit.path === 'listing.archive' || edit.path === 'listing.restore'
        ? edit.input.listingIds.map((id) => [id, edit.path === 'listing.archive'] as const)
        : [],
    ),
  );
}

/** A listing with what was written into it and not sent. */
export function withUpdates<T extends { id: string }>(listing: T, edits: readonly Edit[]): T {
  const updated = { ...listing };
  for (const edit of edits) {
    if (edit.path !== 'listing.update' || edit.input.listingId !== listing.id) continue;
    const { listingId: _, ...change } = edit.input;
    Object.assign(updated, change);
  }
  return updated;
}

/** So that more can be done with a scene that the server does not know yet. */
export const nameNewScene = (): string => newName('scn');

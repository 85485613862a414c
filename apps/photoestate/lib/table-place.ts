import { dropDraft, keepDraft, readDraft } from '@repo/ui/local';

/** Where a person was on a listing's table when they left it for one of its scenes. */
export type TablePlace = {
  selected: readonly string[];
  scrollY: number;
  /** The first scene in sight, and how far below the window's top it began: lines are not as high on every visit. */
  anchor: { sceneId: string; top: number } | null;
  /** The card that had the focus, and its frame if it was one. */
  focus: { sceneId: string; photoId?: string } | null;
  /** The scene that was looked at last. */
  viewed?: string;
  /** What its address asked to see. */
  asked?: string;
};

/** As long as the tab, and gone with the session, as drafts are. */
const keyOf = (listingId: string) => `place:${listingId}`;

export const keepPlace = (listingId: string, place: TablePlace): void =>
  keepDraft(keyOf(listingId), place);

/** Of all scenes only some; empty where all are shown. */
export const askedIn = (params: URLSearchParams): string =>
  ['show', 'liked'].flatMap((name) => params.getAll(name)).join(' ');

/**
 * Once, and only for who comes from a scene: whoever opens the table by another way begins at its top. A link that asks
 * for some scenes shows them, unless they were what was left.
 */
export function takePlace(listingId: string, asked: string): TablePlace | undefined {
  const place = readDraft<TablePlace>(keyOf(listingId));
  forgetPlace(listingId);
  if (place?.viewed === undefined) return undefined;
  return asked === '' || asked === place.asked ? place : undefined;
}

export const forgetPlace = (listingId: string): void => dropDraft(keyOf(listingId));

export function noteViewed(listingId: string, sceneId: string): void {
  const place = readDraft<TablePlace>(keyOf(listingId));
  if (place) keepPlace(listingId, { ...place, viewed: sceneId });
}

type Table = readonly { id: string; photos: readonly { id: string }[] }[];

/** What of it is still there; who went on to another scene comes back to that one. */
export function placeOn(scenes: Table, place: TablePlace): TablePlace {
  const byId = new Map(scenes.map((scene) => [scene.id, scene]));
  const { selected, scrollY, anchor, focus, viewed } = place;
  const went = viewed !== undefined && viewed !== focus?.sceneId && byId.has(viewed);
  const scene = focus && byId.get(focus.sceneId);
  const frame = scene?.photos.find(({ id }) => id === focus?.photoId);
  const stayed = scene ? { sceneId: scene.id, ...(frame && { photoId: frame.id }) } : null;
  return {
    selected: selected.filter((id) => byId.has(id)),
    scrollY,
    anchor: anchor && byId.has(anchor.sceneId) ? anchor : null,
    focus: went ? { sceneId: viewed } : stayed,
    ...(went && { viewed }),
  };
}

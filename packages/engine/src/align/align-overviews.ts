import { meanOf } from '../pixels/measure.ts';
import type { Homography, Overview, Rectangle } from '../plan/plan.ts';
import { commonRectangle } from './common-rectangle.ts';
import { scaledUp } from './homography.ts';
import { type Place, type PlacingFrame, placeFrames } from './place-frames.ts';
import { viewOf } from './view.ts';

/** How one exposure lies to the reference. */
export type Placement = {
  /** Index into `job.frames`. */
  readonly frame: number;
  readonly name: string;
  readonly verdict: 'aligned' | 'unmoved' | 'dropped';
  /** Full-size pixel of the reference -> full-size pixel of this frame; `null`: not to be resampled. */
  readonly toFrame: Homography | null;
  /** 0..1: how sure it is that the frame lies there; 0 when it was dropped. */
  readonly confidence: number;
  /** How far it moved where it has texture: full-size pixels, root mean square. */
  readonly distance: number;
  /** Why it was dropped, to follow "was left out: "; `null` otherwise. */
  readonly reason: string | null;
};

export type Alignment = {
  /** Index into the overviews; another one than asked for when most exposures agree against that. */
  readonly referenceIndex: number;
  /** One per overview, in their order. */
  readonly placements: readonly Placement[];
  /** What all frames that were not dropped show, in full-size pixels of the reference. */
  readonly rectangle: Rectangle;
};

type Size = { readonly width: number; readonly height: number };

/**
 * Finds how every exposure lies to the reference, and which ones do not belong to it.
 * @param size of the frames at full size, in pixels
 */
export function alignOverviews(
  overviews: readonly Overview[],
  referenceIndex: number,
  size: Size,
): Alignment {
  const frames: PlacingFrame[] = overviews.map((overview) => {
    const view = viewOf(overview);
    return { view, brightness: view.brightness, scale: overview.scale };
  });
  const asked = placeFrames(frames, referenceIndex);
  const other = otherReference(frames, asked, referenceIndex);
  if (other !== null) {
    const instead = placeFrames(frames, other);
    if (kept(instead) > kept(asked)) return describe(overviews, { places: instead, size }, other);
  }
  return describe(overviews, { places: asked, size }, referenceIndex);
}

function kept(places: readonly Place[]): number {
  return places.filter(({ outcome }) => outcome === 'placed').length;
}

/** When more frames show another view than this one: the one of them exposed most like the reference. */
function otherReference(
  frames: readonly PlacingFrame[],
  places: readonly Place[],
  referenceIndex: number,
): number | null {
  const strangers = frames.flatMap((frame, index) =>
    places[index]?.outcome === 'other_view' ? [{ index, frame }] : [],
  );
  if (strangers.length <= kept(places)) return null;
  const wanted = frames[referenceIndex]?.brightness ?? 0;
  const distance = ({ frame }: { frame: PlacingFrame }) => Math.abs(frame.brightness - wanted);
  return strangers.sort((a, b) => distance(a) - distance(b) || a.index - b.index)[0]?.index ?? null;
}

type Found = { readonly places: readonly Place[]; readonly size: Size };

function describe(
  overviews: readonly Overview[],
  { places, size }: Found,
  referenceIndex: number,
): Alignment {
  const placements = overviews.map((overview, i): Placement => {
    const place = places[i];
    const { frame, name, luma, scale } = overview;
    if (place?.outcome !== 'placed') {
      const reason = reasonOf(place?.outcome ?? 'bare', meanOf(luma));
      return { frame, name, verdict: 'dropped', toFrame: null, confidence: 0, distance: 0, reason };
    }
    const { homography, confidence, distance } = place;
    const toFrame = homography === null ? null : scaledUp(homography, scale);
    const verdict = toFrame === null ? 'unmoved' : 'aligned';
    return { frame, name, verdict, toFrame, confidence, distance, reason: null };
  });
  const moves = placements.map(({ toFrame }) => toFrame);
  // Overviews are cut with whole pixels of theirs, chroma with pairs of pixels.
  const grid = Math.max(2, overviews[0]?.scale ?? 1);
  const rectangle = commonRectangle(size, moves, grid) ?? { left: 0, top: 0, ...size };
  return { referenceIndex, placements, rectangle };
}

/** Luma (0..1) below and above which a frame without detail is called black or white. */
const [BLACK, WHITE] = [0.04, 0.94];

function reasonOf(outcome: Exclude<Place['outcome'], 'placed'>, mean: number): string {
  if (outcome === 'other_size') return 'it has another size than the other exposures';
  if (outcome === 'other_view') return 'it shows another view than the other exposures';
  if (outcome === 'nothing_in_common')
    return 'it has too little in common with the other exposures to be laid over them';
  if (mean < BLACK) return 'it is black';
  return mean > WHITE ? 'it is white' : 'it shows nothing but an even surface';
}

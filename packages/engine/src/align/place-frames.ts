import type { Homography } from '../plan/plan.ts';
import { hasSpots } from './choose-spots.ts';
import { withSpread } from './fit-homography.ts';
import { apart, followedBy, IDENTITY, moved, slopeAt } from './homography.ts';
import { LEAST_SPOTS, type Match, matchViews } from './match-views.ts';
import type { View } from './view.ts';

export type PlacingFrame = {
  readonly view: View;
  /** Mean luma, 0..1. */
  readonly brightness: number;
  /** Full-size pixels per overview pixel. */
  readonly scale: number;
};

/** Where a frame lies, in overview pixels, or why that cannot be said. */
export type Place =
  | {
      readonly outcome: 'placed';
      /** From the reference; `null`: they lie on each other. */
      readonly homography: Homography | null;
      /** How far it moved where it has texture: full-size pixels, root mean square. */
      readonly distance: number;
      readonly confidence: number;
      /** Overview pixels, root mean square over the frame. */
      readonly uncertainty: number;
    }
  | { readonly outcome: 'other_size' | 'other_view' | 'nothing_in_common' | 'bare' };

type Size = { readonly width: number; readonly height: number };

type Placed = Extract<Place, { outcome: 'placed' }>;

/**
 * A frame that lies this close (full-size pixels, root mean square where it has texture) is left alone:
 * two pictures fused 0.4 pixels apart keep cos(0.1 pi) = 95 % of the contrast at half the Nyquist
 * frequency, and a bicubic resample keeps 94 % of it on the average of all fractions of a pixel.
 */
const UNMOVED = 0.4;

/**
 * When most exposures lie still, the camera stood on a tripod, and what seems to have moved by less than
 * this is more likely a dark exposure's noise.
 */
const UNMOVED_ON_TRIPOD = 0.75;

/** Chi-squared with 8 degrees of freedom: a movement below this is as likely chance (99 %). */
const CHANCE = 20;

/** Share of the common places that must be found again. Different rooms: below 0.1; one room: above 0.6. */
const LEAST_AGREEMENT = 0.35;

/** A match this exact (overview pixels) needs no second opinion from an exposure closer in brightness. */
const EXACT = 0.06;

/** Nobody moves a camera further between two exposures: share of the long side, at a corner. */
const FARTHEST = 0.15;

/** Nor does a camera stretch anything by more than this. */
const LARGEST_STRETCH = 1.12;

/** In overviews smaller than this (pixels) there is no room for enough blocks: they are left alone. */
const LEAST_SIDE = 64;

/** So many common places are as good as more. */
const ENOUGH_SPOTS = 60;

/** Confidence of a frame that has nothing in common with others that all lie on the reference. */
const ASSUMED = 0.2;

/** What is known without looking: the reference lies on itself. */
const HERE: Placed = {
  outcome: 'placed',
  homography: null,
  distance: 0,
  confidence: 1,
  uncertainty: 0,
};

/**
 * Places frames in order of brightness, from the reference outwards. Each is matched with the reference
 * itself and, where that is not exact, with its neighbour in brightness, whose place is known.
 */
export function placeFrames(frames: readonly PlacingFrame[], referenceIndex: number): Place[] {
  const order = frames
    .map(({ brightness }, index) => ({ brightness, index }))
    .sort((a, b) => a.brightness - b.brightness || a.index - b.index)
    .map(({ index }) => index);
  const centre = order.indexOf(referenceIndex);
  const places: Place[] = frames.map(() => ({ outcome: 'bare' }));
  places[referenceIndex] = HERE;
  for (const side of [order.slice(0, centre).reverse(), order.slice(centre + 1)]) {
    let neighbour = referenceIndex;
    for (const index of side) {
      const place = placeFrame(frames, places, { index, neighbour, referenceIndex });
      places[index] = place;
      if (place.outcome === 'placed') neighbour = index;
    }
  }
  return stoodStill(places) ? places.map(onTripod) : places;
}

/** At least half of the frames beside the reference lie on it, and none shows another view. */
function stoodStill(places: readonly Place[]): boolean {
  const still = places.filter((place) => place.outcome === 'placed' && place.homography === null);
  const moved = places.filter((place) => place.outcome === 'placed' && place.homography !== null);
  const others = places.some(({ outcome }) => outcome === 'other_view');
  return !others && still.length > 1 && still.length - 1 >= moved.length;
}

/**
 * On a tripod a dark exposure that seems to lie a little off lies where the others lie, and so does one
 * with texture of its own that no other exposure shows (the view from the window, say).
 */
function onTripod(place: Place): Place {
  if (place.outcome === 'nothing_in_common') return { ...HERE, confidence: ASSUMED };
  if (place.outcome !== 'placed' || place.distance >= UNMOVED_ON_TRIPOD) return place;
  return { ...place, homography: null, distance: 0 };
}

type Indices = {
  readonly index: number;
  readonly neighbour: number;
  readonly referenceIndex: number;
};

function placeFrame(
  frames: readonly PlacingFrame[],
  places: readonly Place[],
  { index, neighbour, referenceIndex }: Indices,
): Place {
  const frame = frames[index] as PlacingFrame;
  const reference = frames[referenceIndex] as PlacingFrame;
  if (!areAlike(frame.view.luma, reference.view.luma)) return { outcome: 'other_size' };
  if (Math.min(frame.view.luma.width, frame.view.luma.height) < LEAST_SIDE)
    return { ...HERE, confidence: 0 };
  if (!hasSpots(frame.view.texture, LEAST_SPOTS)) return { outcome: 'bare' };
  const near = places[neighbour] as Placed;
  const start = near.homography ?? IDENTITY;
  const direct = matchViews(reference.view, frame.view, start);
  const place = judge(frame, direct, null);
  if (neighbour === referenceIndex) return place;
  if (place.outcome === 'placed' && place.uncertainty <= EXACT) return place;
  const link = matchViews((frames[neighbour] as PlacingFrame).view, frame.view, IDENTITY);
  const linked = judge(frame, link, near);
  if (linked.outcome !== 'placed') return place.outcome === 'nothing_in_common' ? linked : place;
  if (place.outcome !== 'placed') return linked;
  return linked.uncertainty < place.uncertainty ? linked : place;
}

function areAlike(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

/** @param over where the frame lies that was matched with, `null` for the reference itself */
function judge(frame: PlacingFrame, match: Match, over: Placed | null): Place {
  const { spots, agreement } = match;
  if (spots < LEAST_SPOTS) return { outcome: 'nothing_in_common' };
  const before = over?.homography ?? null;
  const step = isStill(match, frame.scale) ? null : match.homography;
  const homography = before === null || step === null ? (before ?? step) : followedBy(before, step);
  const isLikely = homography === null || isPlausible(homography, frame.view.luma);
  if (agreement < LEAST_AGREEMENT || !isLikely) return { outcome: 'other_view' };
  const distance = homography === null ? 0 : frame.scale * lengthOf(homography, match);
  const isHere = distance < UNMOVED;
  const uncertainty = Math.hypot(match.uncertainty, over?.uncertainty ?? 0);
  const evidence = Math.min(1, spots / ENOUGH_SPOTS) / (1 + (uncertainty * frame.scale) ** 2);
  const confidence = agreement * Math.sqrt(evidence) * (over?.confidence ?? 1);
  return {
    outcome: 'placed',
    homography: isHere ? null : homography,
    distance: isHere ? 0 : distance,
    confidence,
    uncertainty,
  };
}

/** The movement is too small to matter where the frame has texture, or may be chance. */
function isStill(match: Match, scale: number): boolean {
  const { homography, tracks, weights, spread } = match;
  if (scale * lengthOf(homography, match) < UNMOVED) return true;
  let squares = 0;
  for (const [i, { x, y, information }] of tracks.entries()) {
    const to = moved(homography, x, y);
    const [dx, dy] = [to.x - x, to.y - y];
    const [xx, xy, yy] = withSpread(information, spread);
    squares += (weights[i] as number) * (xx * dx * dx + 2 * xy * dx * dy + yy * dy * dy);
  }
  return squares < CHANCE;
}

/** Length of a movement in overview pixels where the tracks are, root mean square. */
function lengthOf(homography: Homography, { tracks, weights }: Match): number {
  let [sum, total] = [0, 1e-9];
  for (const [i, { x, y }] of tracks.entries()) {
    const to = moved(homography, x, y);
    const weight = weights[i] as number;
    sum += weight * ((to.x - x) ** 2 + (to.y - y) ** 2);
    total += weight;
  }
  return Math.sqrt(sum / total);
}

function isPlausible(homography: Homography, size: Size): boolean {
  const { width, height } = size;
  if (apart(homography, IDENTITY, size).largest > FARTHEST * Math.max(width, height)) return false;
  for (const [x, y] of [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ] as const) {
    const [a, b, c, d] = slopeAt(homography, x, y);
    const [across, down] = [Math.hypot(a, c), Math.hypot(b, d)];
    const area = a * d - b * c;
    for (const stretch of [across, down, Math.sqrt(Math.max(0, area))])
      if (!(stretch < LARGEST_STRETCH && stretch > 1 / LARGEST_STRETCH)) return false;
  }
  return true;
}

import type { Homography } from '../plan/plan.ts';
import { chooseSpots } from './choose-spots.ts';
import { likelyShifts, searchTiles } from './coarse-search.ts';
import { distanceOf, fitHomography } from './fit-homography.ts';
import { IDENTITY, moved, scaledUp, slopeAt } from './homography.ts';
import { toneTransfer, transferred } from './tone-transfer.ts';
import { type Spot, type Track, trackBlocks } from './track.ts';
import type { View } from './view.ts';

/** How two exposures lie to each other, in pixels of the overview, and how sure that is. */
export type Match = {
  readonly homography: Homography;
  /** Places with texture in both exposures. */
  readonly spots: number;
  /** Share 0..1 of them that were found again where the homography says. */
  readonly agreement: number;
  /** Standard deviation of the homography, root mean square over the frame, in pixels. */
  readonly uncertainty: number;
  /** The places found again, and how much each counts. */
  readonly tracks: readonly Track[];
  readonly weights: Float64Array;
  /** Scatter of the places found around the homography, in pixels. */
  readonly spread: number;
};

/** With fewer common places nothing can be said. */
export const LEAST_SPOTS = 12;

/** From this agreement on the guess was right, and nothing else is tried. */
const GOOD_AGREEMENT = 0.7;

/** Blocks that look less alike are no match. */
const LEAST_CORRELATION = 0.6;

/** Standard deviation in pixels that depth may give the places of one view, and how many are too many. */
const DEPTH = 0.5;
const FAR_OFF = 2.5;

/** Finds how `frame` lies to `reference`, near the guess at first and then anywhere. */
export function matchViews(reference: View, frame: View, guess: Homography): Match {
  const pair = { reference, frame };
  const spots = spotsOf(pair, guess);
  const near = isHopeless(pair, guess, spots)
    ? nothing(guess, spots.length)
    : refine(pair, guess, spots);
  if (near.spots >= LEAST_SPOTS && near.agreement >= GOOD_AGREEMENT) return near;
  const found = searchFar(pair);
  if (found === null) return near;
  const far = refine(pair, found, spotsOf(pair, found));
  return far.agreement * far.spots > near.agreement * near.spots ? far : near;
}

function spotsOf({ reference, frame }: Pair, guess: Homography): Spot[] {
  return chooseSpots({ reference: reference.texture, frame: frame.texture, guess });
}

type Pair = { readonly reference: View; readonly frame: View };

/** Half the side of a block at the scale of the overview, and how far beside the guess it may lie. */
const BLOCK = 8;
const LEASH = 4;

/** A glance at every so many spots tells whether the guess is worth more work. */
const GLANCE = 6;
const LEAST_GLANCED = 12;
const HOPELESS = 0.25;

function isHopeless(
  { reference, frame }: Pair,
  guess: Homography,
  spots: readonly Spot[],
): boolean {
  const some = spots.filter((_, i) => i % GLANCE === 0);
  if (some.length < LEAST_GLANCED) return false;
  const planes = { reference: reference.luma, frame: frame.luma, radius: BLOCK };
  const tracks = trackBlocks({ ...planes, guess, rounds: 3, leash: LEASH }, some);
  return tracks.filter(isAlike).length < HOPELESS * some.length;
}

function isAlike({ correlation }: Track): boolean {
  return correlation >= LEAST_CORRELATION;
}

function refine({ reference, frame }: Pair, guess: Homography, spots: readonly Spot[]): Match {
  if (spots.length < LEAST_SPOTS) return nothing(guess, spots.length);
  const spread = { first: 2, least: 0.03 };
  const raw = { reference: reference.luma, frame: frame.luma, radius: BLOCK, leash: LEASH };
  let tracks = trackBlocks({ ...raw, guess, rounds: 4 }, spots);
  let fit = fitHomography(tracks, reference.luma, { start: guess, spread });
  const alike = { ...raw, ...madeAlike({ reference, frame }, fit.homography, spots) };
  tracks = trackBlocks({ ...alike, guess: fit.homography, rounds: 4 }, spots);
  fit = fitHomography(tracks, reference.luma, {
    start: fit.homography,
    spread: { ...spread, first: 1 },
  });
  const { homography } = fit;
  const agreeing = tracks.filter(
    (track) => isAlike(track) && distanceOf(track, homography, DEPTH) < FAR_OFF,
  ).length;
  return { ...fit, spots: spots.length, agreement: agreeing / spots.length, tracks };
}

/**
 * The brighter exposure as dark as the other one. A tone curve moves the edges between light and dark,
 * which are soft before it bends them, by tenths of a pixel: gains and offsets alone cannot undo that.
 */
function madeAlike({ reference, frame }: Pair, homography: Homography, spots: readonly Spot[]) {
  const toFrame = scaledUp(homography, 0.5);
  const halves = { reference: reference.half, frame: frame.half, toFrame };
  if (frame.brightness > reference.brightness) {
    const curve = toneTransfer(halves, frame.half);
    const places = spots.map(({ x, y }) => moved(homography, x, y));
    const [a, b, c, d] = slopeAt(homography, frame.luma.width / 2, frame.luma.height / 2);
    const stretch = Math.max(1, Math.abs(a) + Math.abs(b), Math.abs(c) + Math.abs(d));
    const reach = Math.ceil(BLOCK * stretch) + LEASH + BESIDE;
    return { frame: transferred(frame.luma, curve, { places, reach }) };
  }
  const curve = toneTransfer(halves, reference.half);
  const around = { places: spots, reach: BLOCK + BESIDE };
  return { reference: transferred(reference.luma, curve, around) };
}

/** Pixels beside a block that are read as well: a rim for slopes, and what lies between pixels. */
const BESIDE = 4;

function nothing(homography: Homography, spots: number): Match {
  const found = { tracks: [], weights: new Float64Array(0), spread: 0 };
  return { homography, spots, agreement: 0, uncertainty: Number.POSITIVE_INFINITY, ...found };
}

/** Per sketch: side and reach of the tiles, in its pixels. */
const TILES = [
  { radius: 8, reach: 6, spacing: 20 },
  { radius: 8, reach: 3, spacing: 24 },
];

/** Translations tried at most, and the likeness at which no other is. */
const HYPOTHESES = 3;
const ENOUGH = 0.5;

/** From a translation on the smallest sketch to a homography on the larger one, in overview pixels. */
function searchFar({ reference, frame }: Pair): Homography | null {
  const [small, other] = [reference.sketches()[0], frame.sketches()[0]];
  if (small === undefined || other === undefined) return null;
  const shifts = likelyShifts({ reference: small.plane, frame: other.plane }, HYPOTHESES);
  let best = { likeness: 0, homography: IDENTITY };
  for (const { x, y } of shifts) {
    const start: Homography = [1, 0, x * small.factor, 0, 1, y * small.factor, 0, 0, 1];
    const found = searchLevel({ reference, frame }, 0, start);
    if (found.likeness > best.likeness) best = found;
    if (best.likeness > ENOUGH) break;
  }
  if (best.likeness <= 0) return null;
  return searchLevel({ reference, frame }, 1, best.homography).homography;
}

/** Finds tiles again on the sketches of a level, beginning at `guess`. */
function searchLevel(pair: Pair, level: number, guess: Homography) {
  const [here, there, tiles] = [
    pair.reference.sketches()[level],
    pair.frame.sketches()[level],
    TILES[level],
  ];
  if (here === undefined || there === undefined || tiles === undefined)
    return { likeness: 0, homography: guess };
  const start = scaledUp(guess, 1 / here.factor);
  const job = { reference: here.plane, frame: there.plane, guess: start };
  const spots = searchTiles({ ...job, ...tiles });
  const tracks = trackBlocks({ ...job, radius: tiles.radius, rounds: 3, leash: 2 }, spots);
  const spread = { first: tiles.reach, least: 0.1 };
  const fit = fitHomography(tracks, here.plane, { start, spread });
  const likeness = tracks.reduce(
    (sum, { correlation }, i) => sum + correlation * (fit.weights[i] as number),
    0,
  );
  const homography = scaledUp(fit.homography, here.factor);
  return { homography, likeness: likeness / Math.max(1, spots.length) };
}

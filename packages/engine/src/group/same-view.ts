import type { Census } from './census.ts';
import { findDisplacement } from './displacement.ts';
import { type Agreement, agreementInPlace, bestShift, type View } from './view.ts';

/**
 * `same`: one view at two exposures, moved by no more than a hand moves. `different`: two views.
 * `unclear`: both show too little of the same things to tell, or it is something in between.
 */
export type Verdict = 'same' | 'different' | 'unclear';

/** A first look at two frames. */
export type Glance = {
  /** Agreement of the coarse censuses within two cells of the fingerprints, -1..1. */
  readonly score: number;
  /** Questions that both answer, of all there are. */
  readonly share: number;
};

/*
 * The numbers below lie in the middle of gaps that were measured on brackets of 30 scenes, still and
 * moved as by a hand (5 %, 2 degrees), and on the same photos cut to views 15 to 30 % beside or nearer.
 */

/** How far a hand moves the camera within a bracket: share of the frame's width and height. */
const HAND_SHIFT = 0.1;
/** Stepping nearer, as a share, and turning, in radians. */
const HAND_GROWTH = 0.04;
const HAND_TURN = 0.05;

/** A glance in place worse than this does not get good by a small shift (same views: 0.12 and up). */
const HOPELESS = 0.1;
/** Least glance of frames that may show the same (same views: 0.60 and up). */
const LEAST_GLANCE = 0.5;
/** A worse one than this, on enough of the picture, says that they do not. */
const WORST_GLANCE = 0.35;
const ENOUGH_GLANCE = 0.07;
const LITTLE_GLANCE = 0.02;

/** A place out of a hand's reach fits better, by this much at a close look: the camera was turned. */
const ELSEWHERE = 0.01;
const FARTHEST = 0.35;
/** Places that fit so much worse at a glance need no close look. */
const FAR_OFF = 0.15;

/** What is asked of the closer look; the less the frames share, the more. */
type Demand = { readonly score: number; readonly parts: number; readonly spread: number };
const USUAL: Demand = { score: 0.65, parts: 0.78, spread: 0.5 };
const STRICT: Demand = { score: 0.88, parts: 0.9, spread: 0.35 };
const LITTLE_SHARE = 0.07;
/** Below this share of answers the same could be luck: a lamp here, a lamp there. */
export const LEAST_SHARE = 0.022;

const ORIGIN = { x: 0, y: 0 };

/** Only frames of the same proportions can be laid on each other. */
export function isComparable(a: View, b: View): boolean {
  return a.print.width === b.print.width && a.print.height === b.print.height;
}

/** A few microseconds; most pairs of a shoot need no more. */
export function glance(a: View, b: View): Glance {
  const questions = questionsOf(a.coarse);
  const inPlace = agreementInPlace(a.coarse, b.coarse);
  const share = inPlace.shared / questions;
  if (inPlace.score < HOPELESS && share >= LITTLE_GLANCE) return { score: inPlace.score, share };
  const near = bestShift(a.coarse, b.coarse, { around: ORIGIN, reach: { x: 1, y: 1 }, step: 1 });
  return { score: near.score, share: near.shared / questions };
}

export function isPromising({ score }: Glance): boolean {
  return score >= LEAST_GLANCE;
}

export function isContradiction({ score, share }: Glance): boolean {
  return score < WORST_GLANCE && share >= ENOUGH_GLANCE;
}

/**
 * Do two comparable frames show the same? About a millisecond.
 * @param least share of answers that both must have; less than LEAST_SHARE only when something
 * else, like their order, says that they belong together
 */
export function compareViews(a: View, b: View, least = LEAST_SHARE): Verdict {
  const first = glance(a, b);
  if (!isPromising(first)) return isContradiction(first) ? 'different' : 'unclear';
  const close = bestShift(a.coarse, b.coarse, { around: ORIGIN, reach: { x: 3, y: 3 }, step: 1 });
  if (liesAsByHand({ a, b, close }, least)) return 'same';
  return first.share >= ENOUGH_GLANCE ? 'different' : 'unclear';
}

type Candidate = { readonly a: View; readonly b: View; readonly close: Agreement };

/**
 * Whether a shift out of a hand's reach explains the two frames better than `whole` does: tiles and
 * blinds lie on themselves at many places, and only what is between them tells the right one.
 */
function fitsElsewhere({ a, b, close }: Candidate, whole: Agreement): boolean {
  const { width, height } = a.coarse;
  const rough = bestShift(a.coarse, b.coarse, {
    around: ORIGIN,
    reach: { x: even(width * FARTHEST), y: even(height * FARTHEST) },
    step: 2,
    beyond: { x: Math.floor(width * HAND_SHIFT), y: Math.floor(height * HAND_SHIFT) },
    least: close.shared / 2,
  });
  if (rough.score < close.score - FAR_OFF) return false;
  const around = { x: rough.shift.x * 2, y: rough.shift.y * 2 };
  const least = whole.shared / 2;
  const far = bestShift(a.fine(), b.fine(), { around, reach: { x: 3, y: 3 }, step: 1, least });
  return far.score > whole.score + ELSEWHERE;
}

function liesAsByHand(candidate: Candidate, least: number): boolean {
  const { a, b, close } = candidate;
  const [fineA, fineB] = [a.fine(), b.fine()];
  const around = { x: close.shift.x * 2, y: close.shift.y * 2 };
  const whole = bestShift(fineA, fineB, { around, reach: { x: 2, y: 2 }, step: 1 });
  const share = whole.shared / questionsOf(fineA);
  const demand = share < LITTLE_SHARE ? STRICT : USUAL;
  if (share < least || whole.score < demand.score || fitsElsewhere(candidate, whole)) return false;
  const found = findDisplacement(fineA, fineB, whole.shift);
  return (
    Math.hypot(found.x / fineA.width, found.y / fineA.height) <= HAND_SHIFT &&
    Math.abs(found.growth) <= HAND_GROWTH &&
    Math.abs(found.turn) <= HAND_TURN &&
    found.spread <= demand.spread &&
    found.score >= demand.parts
  );
}

export function questionsOf({ relations, width, height }: Census): number {
  return relations * width * height;
}

function even(cells: number): number {
  return 2 * Math.round(cells / 2);
}

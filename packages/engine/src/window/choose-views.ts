import type { Plane } from '../pixels/picture.ts';
import { markedPlaces } from '../pixels/sample-places.ts';
import { srgbToLinear } from '../pixels/srgb.ts';
import { type BracketLight, type Look, logLight } from './bracket-light.ts';
import type { Mask } from './morphology.ts';

/** An exposure that shows part of the view, and from which luma of its own on it gives way to a darker one. */
export type ViewLook = Look & {
  readonly fadeFrom: number;
  /** Where nothing of it is left; beyond 1 for the darkest exposure. */
  readonly fadeTo: number;
};

const FADE_FROM = 0.8;
const FADE_TO = 0.93;
const NEVER = { fadeFrom: 2, fadeTo: 3 };

/** Share of the view that may be clipped before a darker exposure helps out. */
const CLIPPED_SHARE = 0.03;

/** Of exposures that show at most this share less than the best one, the longest is taken: less noise. */
const AS_GOOD = 0.02;

/** Encoded luma between which a pixel is well exposed. */
const WELL_FROM = 30 / 255;
const WELL_TO = 230 / 255;

/** Pixels needed to measure how far two exposures are apart. */
const FEWEST_PIXELS = 30;

/** An exposure that shows less than this share of the view well is no view by itself. */
const ENOUGH = 0.9;

/** Pixels of a view that are asked what an exposure shows of it: enough to tell a share to a percent. */
const SAMPLES = 20_000;

/**
 * The exposures that show what is behind the panes, the darkest first: the one that shows most of it
 * well, and where that is clipped a darker one.
 * @param view what is known to be view
 */
export function chooseViews({ darker }: Pick<BracketLight, 'darker'>, view: Mask): ViewLook[] {
  const places = markedPlaces(view, SAMPLES);
  const shows = darker.map((look) => marked(look, places, [WELL_FROM, WELL_TO]));
  const base = chooseBase(shows);
  const look = darker[base];
  if (look === undefined) return [];
  const clipped = marked(look, places, [FADE_TO, Number.POSITIVE_INFINITY]);
  const others = shows.slice(0, base);
  const help = darker[shareOf(clipped) > CLIPPED_SHARE ? best(others, clipped) : -1];
  if (help === undefined) return [{ ...look, ...NEVER }];
  return [
    { ...help, darker: look.darker + stepBetween(help, look, view), ...NEVER },
    { ...look, fadeFrom: FADE_FROM, fadeTo: FADE_TO },
  ];
}

/** For each of the places 1 where an exposure is between two lumas, otherwise 0. */
function marked(
  { luma }: Look,
  places: Int32Array,
  [from, to]: readonly [from: number, to: number],
): Uint8Array {
  const marks = new Uint8Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const value = luma.data[places[i] as number] as number;
    if (value > from && value < to) marks[i] = 1;
  }
  return marks;
}

/**
 * One that shows nearly all, or else the one that together with a darker one shows most.
 * @param shows for each exposure, the darkest first, the places that it shows well
 * @returns its index; -1 when none shows any
 */
function chooseBase(shows: readonly Uint8Array[]): number {
  const alone = best(shows, null);
  const shownAlone = shows[alone];
  if (shownAlone === undefined || shareOf(shownAlone) >= ENOUGH) return alone;
  let [base, most] = [alone, 0];
  for (const [index, shown] of shows.entries()) {
    const missing = shown.map((mark) => 1 - mark);
    const help = shows[best(shows.slice(0, index), missing)];
    const together = shareOf(shown) + (help === undefined ? 0 : shareOf(help, missing));
    if (together < most - AS_GOOD) continue;
    most = Math.max(most, together);
    base = index;
  }
  return base;
}

/** Light in EV as these exposures tell it, 0 where the room exposure clips. */
export function lightOfViews(views: readonly ViewLook[], like: Plane): Plane {
  const light = { ...like, data: new Float32Array(like.data.length) };
  for (const { luma, darker, fadeTo } of views) {
    for (let i = 0; i < light.data.length; i++) {
      const value = luma.data[i] as number;
      if (value < fadeTo) light.data[i] = logLight(value) + darker;
    }
  }
  return light;
}

/** Share of the places that are marked, in both if there are two. */
function shareOf(marks: Uint8Array, others: Uint8Array | null = null): number {
  let count = 0;
  for (let i = 0; i < marks.length; i++)
    count += others === null ? (marks[i] as number) : (marks[i] as number) & (others[i] as number);
  return marks.length > 0 ? count / marks.length : 0;
}

/** Index of the exposure that shows most of the meant places; -1 when none shows any. */
function best(shows: readonly Uint8Array[], meant: Uint8Array | null): number {
  let [found, most] = [-1, 0];
  // The darkest comes first, so that of those as good the longest is kept.
  for (const [index, shown] of shows.entries()) {
    const share = shareOf(shown, meant);
    if (share === 0 || share < most - AS_GOOD) continue;
    most = Math.max(most, share);
    found = index;
  }
  return found;
}

/** EV from `dark` to `bright` where the one takes over from the other, by the median. */
function stepBetween(dark: Look, bright: Look, view: Mask): number {
  const steps: number[] = [];
  for (let i = 0; i < view.data.length; i++) {
    if (view.data[i] === 0) continue;
    const low = dark.luma.data[i] as number;
    const high = bright.luma.data[i] as number;
    if (high < FADE_FROM - 0.1 || high > FADE_TO || low < 0.02) continue;
    steps.push(Math.log2(srgbToLinear(high) / srgbToLinear(low)));
  }
  if (steps.length < FEWEST_PIXELS) return dark.darker - bright.darker;
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

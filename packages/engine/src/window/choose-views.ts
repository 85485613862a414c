import type { Plane } from '../pixels/picture.ts';
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

/**
 * The exposures that show what is behind the panes, the darkest first: the one that shows most of it
 * well, and where that is clipped a darker one.
 * @param view what is known to be view
 */
export function chooseViews({ darker }: Pick<BracketLight, 'darker'>, view: Mask): ViewLook[] {
  const base = chooseBase(darker, view);
  if (base === null) return [];
  const isClipped = (at: number) => (base.luma.data[at] as number) > FADE_TO;
  const others = darker.filter((look) => look.darker > base.darker);
  const help = shareOf(view, isClipped) > CLIPPED_SHARE ? best(others, view, isClipped) : null;
  if (help === null) return [{ ...base, ...NEVER }];
  return [
    { ...help, darker: base.darker + stepBetween(help, base, view), ...NEVER },
    { ...base, fadeFrom: FADE_FROM, fadeTo: FADE_TO },
  ];
}

/** One that shows nearly all, or else the one that together with a darker one shows most. */
function chooseBase(looks: readonly Look[], view: Mask): Look | null {
  const alone = best(looks, view, () => true);
  if (alone === null || shareOf(view, shownIn(alone)) >= ENOUGH) return alone;
  let [base, most]: [Look, number] = [alone, 0];
  for (const [index, look] of looks.entries()) {
    const isShown = shownIn(look);
    const help = best(looks.slice(0, index), view, (at) => !isShown(at));
    const isHelped = help === null ? () => false : shownIn(help);
    const together = shareOf(view, (at) => isShown(at) || isHelped(at));
    if (together < most - AS_GOOD) continue;
    most = Math.max(most, together);
    base = look;
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

type Choice = (at: number) => boolean;

function shareOf(view: Mask, isMeant: Choice): number {
  let [count, total] = [0, 0];
  for (let i = 0; i < view.data.length; i++) {
    if (view.data[i] === 0) continue;
    total++;
    if (isMeant(i)) count++;
  }
  return total > 0 ? count / total : 0;
}

/** Whether an exposure shows a pixel well. */
function shownIn({ luma }: Look): Choice {
  return (at) => {
    const value = luma.data[at] as number;
    return value > WELL_FROM && value < WELL_TO;
  };
}

/** The exposure that shows most of the meant pixels well; `null` when none shows any. */
function best(looks: readonly Look[], view: Mask, isMeant: Choice): Look | null {
  let [found, most]: [Look | null, number] = [null, 0];
  // The darkest comes first, so that of those as good the longest is kept.
  for (const look of looks) {
    const isShown = shownIn(look);
    const share = shareOf(view, (at) => isMeant(at) && isShown(at));
    if (share === 0 || share < most - AS_GOOD) continue;
    most = Math.max(most, share);
    found = look;
  }
  return found;
}

/** EV from `dark` to `bright` where the one takes over from the other, by the median. */
function stepBetween(dark: Look, bright: Look, view: Mask): number {
  const steps: number[] = [];
  for (let i = 0; i < view.data.length; i++) {
    if (view.data[i] === 0) continue;
    const [low, high] = [dark.luma.data[i] as number, bright.luma.data[i] as number];
    if (high < FADE_FROM - 0.1 || high > FADE_TO || low < 0.02) continue;
    steps.push(Math.log2(srgbToLinear(high) / srgbToLinear(low)));
  }
  if (steps.length < FEWEST_PIXELS) return dark.darker - bright.darker;
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

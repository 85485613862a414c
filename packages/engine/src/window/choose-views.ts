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

/**
 * The exposures that show what is behind the panes, the darkest first: the one that shows most of it
 * well, and where that is clipped a darker one.
 * @param view what is known to be view
 */
export function chooseViews(light: Pick<BracketLight, 'darker'>, view: Mask): ViewLook[] {
  const base = bestLook(light.darker, view, () => true);
  if (base === null) return [];
  const isClipped = (at: number) => (base.luma.data[at] as number) > FADE_TO;
  const darker = light.darker.filter((look) => look.darker > base.darker);
  const help = shareOf(view, isClipped) > CLIPPED_SHARE ? bestLook(darker, view, isClipped) : null;
  if (help === null) return [{ ...base, ...NEVER }];
  return [
    { ...help, darker: base.darker + stepBetween(help, base, view), ...NEVER },
    { ...base, fadeFrom: FADE_FROM, fadeTo: FADE_TO },
  ];
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

/** The exposure that shows most of the meant pixels well. */
function bestLook(looks: readonly Look[], view: Mask, isMeant: Choice): Look | null {
  let best: Look | null = null;
  let most = Number.NEGATIVE_INFINITY;
  // The darkest comes first.
  for (const { luma, ...look } of looks) {
    const isShown = (at: number) => {
      const value = luma.data[at] as number;
      return isMeant(at) && value > WELL_FROM && value < WELL_TO;
    };
    const shown = shareOf(view, isShown);
    if (shown === 0 || shown < most - AS_GOOD) continue;
    most = Math.max(most, shown);
    best = { luma, ...look };
  }
  return best;
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

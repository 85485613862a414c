import { createPlane, lumaOf, type Picture, type Plane } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { type BracketLight, halve, measureLight } from './bracket-light.ts';
import { choosePanes } from './choose-panes.ts';
import { chooseViews, lightOfViews, type ViewLook } from './choose-views.ts';
import { composeLuma } from './compose-view.ts';
import { exposeView } from './expose-view.ts';
import { fillPanes } from './fill-panes.ts';
import { findView, maskOf } from './find-view.ts';
import { guideMask } from './guide-mask.ts';
import { measurePatches, type Patch } from './measure-patches.ts';
import { createMask, type Mask, opened } from './morphology.ts';
import { viewCast } from './view-cast.ts';
import { holdOf, viewOf } from './view-tone.ts';
import type { WindowMask, WindowPlan } from './window-plan.ts';

/** A pixel of the room exposure from this luma on is blown. */
const BLOWN = 0.955;

/** Radius and noise of the guided filter, in pixels of the small planes and squared luma. */
const RADIUS = 3;
const EPSILON = 4e-4;

/** Slope that the guided mask is steepened by around one half: what is nearly 0 or 1 becomes so. */
const STEEPNESS = 1.2;

/** Pixels around the mask that its planes cover, enough for the guided filter's two windows. */
const MARGIN = 2 * RADIUS + 2;

/** Windows that the merged photo shows so well need no pull: share of blown pixels, mean luma. */
const FEW_BLOWN = 0.005;
const WELL_EXPOSED = 205 / 255;

export type WindowOutcome =
  | { readonly plan: null; readonly reason: string }
  | { readonly plan: WindowPlan; readonly facts: WindowFacts };

export type WindowFacts = {
  readonly windows: number;
  /** Share of the photo that shows a view. */
  readonly share: number;
  /** Mean luma of what was blown, before and after, 0..255. */
  readonly lumaBefore: number;
  readonly lumaAfter: number;
  /** EV between the exposure of the room and the darkest one of the view. */
  readonly darker: number;
};

/**
 * Finds the windows that are blown in the exposure of the room, and how to show their view from
 * darker ones. Nothing is made up: without such an exposure there is no plan but a reason.
 * @param overviews aligned, all of the size of `photo`
 * @param photo the merged photo
 */
export function planWindow(overviews: readonly Overview[], photo: Picture): WindowOutcome {
  const reason = refusal(overviews, photo);
  if (reason !== null) return none(reason);
  const light = measureLight(overviews);
  if (light === null || light.darker.length === 0)
    return none('No exposure is darker than the one that shows the room.');
  const blown = blownIn(light);
  const solid = opened(blown, 1);
  const pictures = [light.room, ...light.darker].map(
    ({ index }) => (overviews[index] as Overview).picture,
  );
  const patches = measurePatches(solid, { ...light, pictures });
  const windows = choosePanes(patches, solid);
  if (windows.length === 0) return none('No window is blown out.');
  const luma = small(photo, light);
  return planViews({ overviews, photo, light, luma, blown, patches, windows });
}

function none(reason: string): WindowOutcome {
  return { plan: null, reason };
}

function refusal(overviews: readonly Overview[], photo: Picture): string | null {
  if (overviews.length < 2) return 'There is only one exposure.';
  const fits = overviews.every(
    ({ luma }) => luma.width === photo.width && luma.height === photo.height,
  );
  return fits ? null : 'The exposures are not of one size.';
}

function blownIn({ room }: BracketLight): Mask {
  const { width, height, data } = room.luma;
  const blown = createMask(width, height);
  for (let i = 0; i < data.length; i++) if ((data[i] as number) >= BLOWN) blown.data[i] = 1;
  return blown;
}

function small(photo: Picture, { factor }: BracketLight): Plane {
  const luma = lumaOf(photo);
  return factor === 2 ? halve(luma) : luma;
}

type Found = {
  readonly overviews: readonly Overview[];
  readonly light: BracketLight;
  readonly photo: Picture;
  /** Of the photo, as large as the planes of `light`. */
  readonly luma: Plane;
  readonly blown: Mask;
  readonly patches: readonly Patch[];
  readonly windows: readonly Patch[];
};

function planViews(found: Found): WindowOutcome {
  const { overviews, light, luma, blown, windows } = found;
  const others = found.patches.filter((patch) => !windows.includes(patch));
  const looks = chooseViews(light, maskOf(windows, blown));
  const base = looks.at(-1);
  if (base === undefined) return none('No darker exposure shows what is behind the window.');
  const viewLight = lightOfViews(looks, luma);
  const { view, fillable } = findView({ blown, windows, others, light: light.light, viewLight });
  const core = both(view, blown);
  const before = summary(luma, core);
  if (before.count === 0) return none('What is behind the window moved between the exposures.');
  if (before.blown < FEW_BLOWN && before.mean < WELL_EXPOSED)
    return none('The windows are well exposed already.');
  const mask = fillPanes(view, fillable, light.light);
  const picture = (overviews[base.index] as Overview).picture;
  const { factor } = light;
  const cast = viewCast(
    { picture, mask: core, value: 1, factor },
    { picture: found.photo, mask: view, value: 0, factor },
  );
  const exposing = exposeView(looks, { core, mask, luma, viewLight });
  const views = looks.map((look) => viewOf(look, exposing, cast));
  const shown = shownBy(looks, views, luma);
  const { scale } = overviews[0] as Overview;
  const plan: WindowPlan = {
    views,
    mask: guided(mask, { view: shown, luma, scale: scale * factor }),
    hold: holdOf(base),
  };
  const facts = {
    windows: windows.length,
    share: summary(mask, null).mean,
    lumaBefore: before.mean * 255,
    lumaAfter: summary(shown, core).mean * 255,
    darker: looks[0]?.darker ?? 0,
  };
  return { plan, facts };
}

function shownBy(looks: readonly ViewLook[], views: WindowPlan['views'], like: Plane): Plane {
  const layers = views.map((view, index) => ({ from: looks[index]?.luma ?? like, view }));
  return composeLuma(layers, like);
}

function both(a: Mask, b: Mask): Mask {
  const out = createMask(a.width, a.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = (a.data[i] as number) & (b.data[i] as number);
  return out;
}

type Summary = { readonly count: number; readonly mean: number; readonly blown: number };

function summary({ data }: Plane, where: Mask | null): Summary {
  let [count, sum, blown] = [0, 0, 0];
  for (let i = 0; i < data.length; i++) {
    if (where !== null && where.data[i] === 0) continue;
    const value = data[i] as number;
    count++;
    sum += value;
    if (value >= BLOWN) blown++;
  }
  return { count, mean: count > 0 ? sum / count : 0, blown: count > 0 ? blown / count : 0 };
}

type Guides = { readonly view: Plane; readonly luma: Plane; readonly scale: number };

function guided(mask: Plane, { view, luma, scale }: Guides): WindowMask {
  const box = boundsOf(mask);
  const guides = { view: cut(view, box), room: cut(luma, box) };
  const { viewSlope, roomSlope, base } = guideMask(cut(mask, box), guides, {
    radius: RADIUS,
    epsilon: EPSILON,
  });
  for (let i = 0; i < base.data.length; i++) {
    viewSlope.data[i] = (viewSlope.data[i] as number) * STEEPNESS;
    roomSlope.data[i] = (roomSlope.data[i] as number) * STEEPNESS;
    base.data[i] = ((base.data[i] as number) - 0.5) * STEEPNESS + 0.5;
  }
  return { viewSlope, roomSlope, base, scale, left: box.left, top: box.top };
}

type Box = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** The smallest box around what is not 0, and a margin. */
function boundsOf({ width, height, data }: Plane): Box {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (data[y * width + x] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  left = Math.max(0, left - MARGIN);
  top = Math.max(0, top - MARGIN);
  return {
    left,
    top,
    width: Math.min(width - 1, right + MARGIN) - left + 1,
    height: Math.min(height - 1, bottom + MARGIN) - top + 1,
  };
}

function cut(plane: Plane, box: Box): Plane {
  const out = createPlane(box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    const from = (box.top + y) * plane.width + box.left;
    out.data.set(plane.data.subarray(from, from + box.width), y * box.width);
  }
  return out;
}

import { createPlane, type Picture, type Plane, readLumaRow } from '../pixels/picture.ts';
import type { Overview } from '../plan/plan.ts';
import { type Box, boundsOf, cutMask, cutPlane } from './box.ts';
import type { BracketLight } from './bracket-light.ts';
import { chooseViews, lightOfViews, type ViewLook } from './choose-views.ts';
import { composeLuma } from './compose-view.ts';
import { exposeView } from './expose-view.ts';
import { fillPanes } from './fill-panes.ts';
import { findView, WIDE } from './find-view.ts';
import { guideMask } from './guide-mask.ts';
import { createMask, type Mask } from './morphology.ts';
import { shareOfViews } from './share-of-views.ts';
import { viewCast } from './view-cast.ts';
import { holdOf, viewOf } from './view-tone.ts';
import type { WindowMask, WindowPlan } from './window-plan.ts';

/** Radius and noise of the guided filter, in pixels of the small planes and squared luma. */
const RADIUS = 3;
const EPSILON = 4e-4;

/** Slope that the guided mask is steepened by around one half: what is nearly 0 or 1 becomes so. */
const STEEPNESS = 1.2;

const LEAST_SLOPE = 1e-6;

/** Pixels around the mask that its planes cover, enough for the guided filter's two windows. */
const MARGIN = 2 * RADIUS + 2;

/** Windows that the merged photo shows so well need no pull: share of blown pixels, mean luma. */
const BLOWN = 0.955;
const FEW_BLOWN = 0.005;
const WELL_EXPOSED = 205 / 255;

/** Small maps of one size, and the pictures they were made from. */
export type Found = {
  readonly overviews: readonly Overview[];
  readonly photo: Picture;
  readonly light: BracketLight;
  /** What is blown in the exposure of the room; in windows; in other patches. */
  readonly blown: Mask;
  readonly windows: Mask;
  readonly others: Mask;
  /** Median light of the largest window, in EV. */
  readonly windowLight: number;
};

export type ViewsOutcome =
  | { readonly plan: null; readonly reason: string }
  | {
      readonly plan: WindowPlan;
      /** See `shareOfViews`. */
      readonly views: Plane;
      /** Share of the photo that shows a view. */
      readonly share: number;
      /** Mean luma of what was blown, 0..1. */
      readonly before: number;
      readonly after: number;
    };

/** Decides what is shown in windows that were found, and how. Works on the part of the photo around them. */
export function planViews(found: Found): ViewsOutcome {
  const { overviews, photo, light } = found;
  const whole = found.blown;
  const side = Math.max(whole.width, whole.height);
  const box = boundsOf(found.windows, Math.round(WIDE * side) + MARGIN);
  const [luma, blown] = [lumaIn(photo, box, light.factor), cutMask(whole, box)];
  const windows = cutMask(found.windows, box);
  const darker = cutLight(light, box);
  const { view, fillable } = findView({
    ...{ blown, windows, side },
    viewLight: lightOfViews(chooseViews(darker, windows), luma),
    others: cutMask(found.others, box),
    light: cutPlane(light.light, box),
    windowLight: found.windowLight,
  });
  const core = both(view, blown);
  const before = summary(luma, core);
  if (before.count === 0) return none('What is behind the window moved between the exposures.');
  const looks = chooseViews(darker, core);
  const base = looks.at(-1);
  if (base === undefined) return none('No darker exposure shows what is behind the window.');
  if (before.blown < FEW_BLOWN && before.mean < WELL_EXPOSED)
    return none('The windows are well exposed already.');
  const mask = fillPanes(view, { fillable, side, light: cutPlane(light.light, box) });
  const { picture } = overviews[base.index] as Overview;
  const cast = viewCast({ picture, mask: core, factor: light.factor, ...box }, photo);
  const viewLight = lightOfViews(looks, luma);
  const exposing = exposeView(looks, { core, mask, luma, viewLight });
  const views = looks.map((look) => viewOf(look, exposing, cast));
  const shown = shownBy(looks, views, luma);
  const scale = (overviews[0] as Overview).scale * light.factor;
  const guides = { shown, luma, scale, left: box.left, top: box.top };
  const plan = { views, mask: guided(mask, guides), hold: holdOf(base) };
  const share = (summary(mask, null).mean * mask.data.length) / whole.data.length;
  return {
    ...{ plan, share, before: before.mean, after: summary(shown, core).mean },
    views: shareOfViews(plan.mask, { ...guides, factor: light.factor }, photo),
  };
}

function none(reason: string): ViewsOutcome {
  return { plan: null, reason };
}

/** The darker exposures' part inside a box. */
function cutLight({ darker }: BracketLight, box: Box): Pick<BracketLight, 'darker'> {
  return { darker: darker.map((look) => ({ ...look, luma: cutPlane(look.luma, box) })) };
}

/** Luma of a part of the photo, each value the mean of `factor` x `factor` pixels. */
function lumaIn(photo: Picture, box: Box, factor: number): Plane {
  const luma = createPlane(box.width, box.height);
  // The last column counts more than once where the width is no multiple.
  const row = new Float32Array(photo.width + factor);
  for (let y = 0; y < box.height * factor; y++) {
    readLumaRow(photo, Math.min(photo.height - 1, box.top * factor + y), row);
    row.fill(row[photo.width - 1] as number, photo.width);
    const into = Math.floor(y / factor) * box.width;
    addRow(row.subarray(box.left * factor), luma.data.subarray(into, into + box.width), factor);
  }
  return luma;
}

/** Adds means of `factor` values, `factor` times. */
function addRow(row: Float32Array, into: Float32Array, factor: number): void {
  const share = 1 / (factor * factor);
  for (let x = 0; x < into.length; x++)
    for (let k = 0; k < factor; k++)
      into[x] = (into[x] as number) + (row[x * factor + k] as number) * share;
}

function both(a: Mask, b: Mask): Mask {
  const out = createMask(a.width, a.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = (a.data[i] as number) & (b.data[i] as number);
  return out;
}

function shownBy(looks: readonly ViewLook[], views: WindowPlan['views'], like: Plane): Plane {
  const layers = views.map((view, index) => ({ from: looks[index]?.luma ?? like, view }));
  return composeLuma(layers, like);
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

type Guides = {
  readonly shown: Plane;
  readonly luma: Plane;
  /** Full-size pixels per pixel of the planes. */
  readonly scale: number;
  /** Place of the planes in the whole. */
  readonly left: number;
  readonly top: number;
};

function guided(mask: Plane, { shown, luma, scale, left, top }: Guides): WindowMask {
  const box = boundsOf(mask, MARGIN);
  const guides = { view: cutPlane(shown, box), room: cutPlane(luma, box) };
  const { viewSlope, roomSlope, base } = guideMask(cutPlane(mask, box), guides, {
    radius: RADIUS,
    epsilon: EPSILON,
  });
  const steepened = (plane: Plane, middle: number): Plane => {
    const out = createPlane(plane.width, plane.height);
    for (let i = 0; i < out.data.length; i++) {
      const value = ((plane.data[i] as number) - middle) * STEEPNESS + middle;
      // Exactly 0 where there is no slope, so that what has no mask is passed over.
      out.data[i] = Math.abs(value) < LEAST_SLOPE ? 0 : value;
    }
    return out;
  };
  return {
    viewSlope: steepened(viewSlope, 0),
    roomSlope: steepened(roomSlope, 0),
    base: steepened(base, 0.5),
    scale,
    left: left + box.left,
    top: top + box.top,
  };
}

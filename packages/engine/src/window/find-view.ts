import type { Plane } from '../pixels/picture.ts';
import { createMask, grown, label, type Mask, opened, shrunk } from './morphology.ts';
import { createStraightness, roughness, steepnessAt } from './texture.ts';

/** What is known about the panes. All maps are of one size; light is in EV, 0 where the room exposure clips. */
export type Panes = {
  /** Pixels that are blown in the room exposure. */
  readonly blown: Mask;
  /** Blown patches that are windows, and those that are not. */
  readonly windows: Mask;
  readonly others: Mask;
  /** Median light of the largest window. */
  readonly windowLight: number;
  /** From the room exposure, and where it is blown from darker ones. */
  readonly light: Plane;
  /** From the exposures that show the view. */
  readonly viewLight: Plane;
  /** Longer side of the picture that the maps are a part of, in their pixels. */
  readonly side: number;
};

export type FoundView = {
  /** What surely is view. */
  readonly view: Mask;
  /** What is view where that encloses it. */
  readonly fillable: Mask;
};

/** From this roughness on (EV per pixel) a place is foliage, gravel or roofs. */
const ROUGH = 0.1;

/** Change in EV per pixel below which a line is a glazing bar, and above which a place is an edge. */
const STRAIGHT = 0.04;
const STEEP = 0.25;

/** What is blown by more than this (EV) is no frame, straight or not. */
const CLEARLY_BLOWN = 0.8;

/** Rough things darker than this (EV) stand before the window, not behind it. */
const DARKEST = -3.5;

/** Smooth things brighter than this (EV) may be frames; darker ones that a view encloses belong to it. */
const DIM = -1.2;

/** A smooth blown part that is on average less bright than this (EV) is a sunlit frame, not a sky, */
const FRAME_LIGHT = 1.3;
/** unless the whole window is so dim. */
const BELOW_MEDIAN = 0.8;

/** What is this many EV darker than the smooth part it belongs to is its blurred border. */
const BORDER = 2;

/** Exposures that are this many EV apart about a place, or about whether it is blown, show what moved. */
const MOVED = 2;
const MOVED_FROM_BLOWN = 1;

/** How far from a window's patches its blown and its dark parts may be, as shares of the longer side. */
const NEAR = 0.004;
export const WIDE = 0.1;

/** Of a connected part of the view at least this share must be blown. */
const LEAST_SURE = 0.2;

/** Pixels that roughness reaches beyond what is rough. */
const REACHED = 1;

/**
 * Which pixels show what is behind the panes: the blown ones that are no frame in the sun, and around
 * them what is rough in every direction, as trees and roofs are, and hangs together with them. What a
 * room has beside its windows, frames, bars, walls, is smooth or straight.
 */
export function findView(panes: Panes): FoundView {
  const { width, height } = panes.blown;
  const kinds = sorted(panes);
  addBright(kinds.view, kinds.smooth, panes);
  const rim = grown(kinds.view, 2);
  for (let i = 0; i < rim.data.length; i++)
    if (kinds.edges.data[i] === 1 && rim.data[i] === 1) kinds.view.data[i] = 1;
  const view = createMask(width, height);
  for (let i = 0; i < view.data.length; i++)
    view.data[i] = (kinds.view.data[i] as number) | (kinds.grain.data[i] as number);
  return {
    view: connected(kinds.view, shrunk(opened(view, 2), REACHED)),
    fillable: kinds.fillable,
  };
}

type Kinds = {
  /** Blown and rough: surely view. */
  readonly view: Mask;
  /** Blown and smooth. */
  readonly smooth: Mask;
  /** Blown, and an edge between two smooth parts. */
  readonly edges: Mask;
  /** Rough, not blown. */
  readonly grain: Mask;
  readonly fillable: Mask;
};

function sorted(panes: Panes): Kinds {
  const { blown, windows, others, light, side } = panes;
  const { width, height } = blown;
  const near = grown(windows, Math.max(1, Math.round(NEAR * side)));
  const wide = grown(windows, Math.max(2, Math.round(WIDE * side)));
  const rough = roughness(light).data;
  const isStraight = createStraightness(light, STRAIGHT);
  const create = () => createMask(width, height);
  const [view, smooth, edges, grain, fillable] = [create(), create(), create(), create(), create()];
  for (let i = 0; i < blown.data.length; i++) {
    if (wide.data[i] === 0 || hasMoved(panes, i)) continue;
    const value = light.data[i] as number;
    const isRough = (rough[i] as number) > ROUGH;
    const isGrain = isRough && value > DARKEST && (value > CLEARLY_BLOWN || !isStraight(i));
    if (isRough || value < DIM) fillable.data[i] = 1;
    if (blown.data[i] === 0 || near.data[i] === 0 || others.data[i] === 1) {
      if (isGrain) grain.data[i] = 1;
    } else if (isGrain) view.data[i] = 1;
    else if (!isRough && steepnessAt(light, i) < STEEP) smooth.data[i] = 1;
    else if (value > FRAME_LIGHT) edges.data[i] = 1;
  }
  return { view, smooth, edges, grain, fillable };
}

function hasMoved({ blown, light, viewLight }: Panes, at: number): boolean {
  const view = viewLight.data[at] as number;
  // Blown, the room exposure only tells that there is at least as much light as its clipping point.
  if (blown.data[at] === 1) return view < -MOVED_FROM_BLOWN;
  return Math.abs((light.data[at] as number) - view) > MOVED && view > DARKEST;
}

/** Adds the smooth blown parts that are bright: skies and walls outside. */
function addBright(view: Mask, smooth: Mask, { windowLight, light }: Panes): void {
  const { labels, count } = label(smooth);
  const [means, sizes] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i] as number;
    means[number] = (means[number] as number) + (light.data[i] as number);
    sizes[number] = (sizes[number] as number) + 1;
  }
  for (let number = 1; number <= count; number++)
    means[number] = (means[number] as number) / (sizes[number] as number);
  const least = Math.min(FRAME_LIGHT, windowLight - BELOW_MEDIAN);
  for (let i = 0; i < labels.length; i++) {
    const mean = means[labels[i] as number] as number;
    if (labels[i] !== 0 && mean >= least && (light.data[i] as number) > mean - BORDER)
      view.data[i] = 1;
  }
}

/** `sure`, and the parts of `more` that hang together with enough of it. */
function connected(sure: Mask, more: Mask): Mask {
  for (let i = 0; i < more.data.length; i++) if (sure.data[i] === 1) more.data[i] = 1;
  const { labels, count } = label(more);
  const [surely, sizes] = [new Int32Array(count + 1), new Int32Array(count + 1)];
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i] as number;
    surely[number] = (surely[number] as number) + (sure.data[i] as number);
    sizes[number] = (sizes[number] as number) + 1;
  }
  for (let i = 0; i < labels.length; i++) {
    const number = labels[i] as number;
    const isKept = (surely[number] as number) > LEAST_SURE * (sizes[number] as number);
    more.data[i] = number > 0 && isKept ? 1 : 0;
  }
  return more;
}

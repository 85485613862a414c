import type { Patch } from './measure-patches.ts';
import type { Mask } from './morphology.ts';

/*
 * Which blown patches are windows. Lamps, the light they throw on walls and shining floors are blown as
 * well; pulled down they would turn into grey discs. The limits lie between what was measured on
 * windows and on the rest in some twenty brackets of rooms, lamps and houses.
 */

/** A window is cut out of the wall: nearly all of its border is steep. Light on a wall fades. */
const SHARP = 0.8;

/** Panes are quadrilaterals, some with a corner behind furniture; lamps and their shades are round. */
const SQUARE = 0.82;

/**
 * One pane at least shows a corner of its frame: an upright and a level edge that lie on straight lines
 * for this share of their length. Where none does, behind plants and curtains at best, nobody can tell a
 * window from what is blown outdoors: skies, clouds, lit fronts.
 */
const STRAIGHT = 0.6;

/**
 * Where what is blown fills more of the picture's upper border, it is a sky: rooms have a ceiling, and
 * hardly a window that is cut off all along.
 */
const WIDEST_OPEN = 0.3;

/** Of a window of which more is clipped in every exposure there is no view to show, only grey. */
const MOST_UNSEEN = 0.5;

/** The view is brighter than the room by about a stop, or it would not be blown. */
const BRIGHT = 0.9;

/** Share of the picture. Ceiling spots are smaller. */
const LARGE = 0.003;

/** Nothing outdoors but the sun is this many EV brighter than a room; bulbs and flames are. */
const GLARING = 8;

/** Views have detail in every direction; sunlit frames and mouldings have it across themselves only. */
const ONE_WAY = 5;

/** Daylight is not warmer than the room, or hardly; nor is it orange by itself. */
const WARMEST = 0.2;
const ORANGE = 0.28;

/** What begins below this share of the height is a floor or a table. */
const LOWEST_TOP = 0.6;

/** What has no detail is a window only when it is large, or as blue as skies are. */
const PLAIN = 0.08;
const LARGE_PLAIN = 0.015;
const COOL = -0.3;

/** Parts of a window, small panes and gaps between leaves, lie this near to one; share of the longer side. */
const NEAR = 0.03;
const PART_SHARP = 0.75;
const PART_WARMEST = 0.35;

/** Panes below others, as in doors, may be further off; share of the height. */
const BELOW = 0.25;
const BELOW_OVERLAP = 0.6;
const BELOW_DETAIL = 0.1;

type Size = Omit<Mask, 'data'>;

/** The patches that are views through windows, of those found in a mask of this size. */
export function choosePanes(patches: readonly Patch[], size: Size): Patch[] {
  const chosen = patches.filter((patch) => isWindow(patch, size));
  const rest = new Set(patches.filter((patch) => !chosen.includes(patch)));
  // A part that was found may in turn have others beside it: the list grows while it is walked.
  for (const window of chosen) {
    for (const patch of rest) {
      if (!isPartOf(patch, window, size)) continue;
      chosen.push(patch);
      rest.delete(patch);
    }
  }
  return chosen;
}

/**
 * Why windows cannot be told from bright things outdoors, in words; `null` when they can. Small parts of a
 * window do not vouch for it: few pixels are always straight.
 * @param patches all that were measured
 */
export function whyOutdoors(patches: readonly Patch[], size: Size): string | null {
  const open = patches.reduce((sum, patch) => sum + patch.open, 0);
  if (open > WIDEST_OPEN) return 'What is blown out runs along the upper border, as a sky does.';
  if (!patches.some((patch) => hasCorner(patch) && isWindow(patch, size)))
    return 'Nothing that is blown out has the straight edges of a window.';
  return null;
}

function isWindow(patch: Patch, { width, height }: Size): boolean {
  const share = patch.pixels.length / (width * height);
  if (share < LARGE || patch.top > LOWEST_TOP * height) return false;
  if (patch.sharpness < SHARP || patch.squareness < SQUARE || isOneWay(patch)) return false;
  if (patch.light < BRIGHT || patch.brightest > GLARING) return false;
  if (patch.unseen > MOST_UNSEEN) return false;
  if (patch.warmth > WARMEST || patch.ownWarmth > ORANGE) return false;
  return patch.detail >= PLAIN || share >= LARGE_PLAIN || patch.warmth < COOL;
}

function hasCorner({ upright, level }: Patch): boolean {
  return Math.min(upright, level) >= STRAIGHT;
}

function isOneWay({ acrossToDown }: Patch): boolean {
  return acrossToDown > ONE_WAY || acrossToDown < 1 / ONE_WAY;
}

function isPartOf(patch: Patch, window: Patch, { width, height }: Size): boolean {
  if (patch.sharpness < PART_SHARP || patch.light < BRIGHT || isOneWay(patch)) return false;
  if (patch.warmth > PART_WARMEST || patch.brightest > GLARING) return false;
  const isLow = patch.top > LOWEST_TOP * height;
  if (isLow && patch.bottom >= height - 2) return false;
  const across = Math.max(window.left - patch.right, patch.left - window.right);
  const down = Math.max(window.top - patch.bottom, patch.top - window.bottom);
  const near = NEAR * Math.max(width, height);
  if (across <= near && down <= near) return !isLow || patch.detail >= PLAIN;
  const overlap = Math.min(window.right, patch.right) - Math.max(window.left, patch.left);
  const isBelow = patch.top > window.bottom && down <= BELOW * height;
  const isInLine = overlap >= BELOW_OVERLAP * (patch.right - patch.left);
  return isBelow && isInLine && patch.detail >= BELOW_DETAIL;
}

import type { Homography, Rectangle } from '../plan/plan.ts';
import { moved } from './homography.ts';

type Size = { readonly width: number; readonly height: number };

/** Pixels at the rim of a frame that a bicubic resample cannot read around. */
const RIM = 2;

/**
 * The rectangle of the reference that every frame shows; `null` when they share too little.
 * @param grid its sides are multiples of this, unless nothing moved; an even number
 */
export function commonRectangle(
  size: Size,
  toFrames: readonly (Homography | null)[],
  grid: number,
): Rectangle | null {
  const moves = toFrames.filter((move) => move !== null);
  if (moves.length === 0) return { left: 0, top: 0, ...size };
  const [right, bottom] = [size.width - (size.width % grid), size.height - (size.height % grid)];
  const whole = { left: 0, top: 0, right, bottom };
  const isShown = (sides: Sides): boolean => moves.every((move) => shows(size, move, sides));
  const inner = shrunk(whole, grid, isShown);
  if (inner === null) return null;
  const sides = grown(inner, { whole, grid, isShown });
  return {
    left: sides.left,
    top: sides.top,
    width: sides.right - sides.left,
    height: sides.bottom - sides.top,
  };
}

type Sides = { left: number; top: number; right: number; bottom: number };

type IsShown = (sides: Sides) => boolean;

/** A homography keeps straight lines, so four corners inside the frame are the whole rectangle inside. */
function shows({ width, height }: Size, move: Homography, sides: Sides): boolean {
  const { left, top, right, bottom } = sides;
  for (const x of [left, right]) {
    for (const y of [top, bottom]) {
      const at = moved(move, x, y);
      if (!(at.x >= RIM && at.y >= RIM && at.x <= width - RIM && at.y <= height - RIM))
        return false;
    }
  }
  return true;
}

/** The largest rectangle that is left when as much is cut off every side; at least half a side is. */
function shrunk(whole: Sides, grid: number, isShown: IsShown): Sides | null {
  const cut = (steps: number): Sides => ({
    left: whole.left + steps * grid,
    top: whole.top + steps * grid,
    right: whole.right - steps * grid,
    bottom: whole.bottom - steps * grid,
  });
  let [least, most] = [0, Math.floor(Math.min(whole.right, whole.bottom) / (4 * grid))];
  if (whole.right <= 0 || whole.bottom <= 0 || !isShown(cut(most))) return null;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (isShown(cut(middle))) most = middle;
    else least = middle + 1;
  }
  return cut(least);
}

/** Steps of growing, in steps of the grid, are halved from here to 1. */
const LONGEST_STEP = 16;

/** Every side, and which way is outwards. */
const OUTWARDS = [
  ['left', -1],
  ['top', -1],
  ['right', 1],
  ['bottom', 1],
] as const;

/** Moves the sides outwards in turn, in ever smaller steps, while all frames show the rectangle. */
function grown(
  inner: Sides,
  {
    whole,
    grid,
    isShown,
  }: { readonly whole: Sides; readonly grid: number; readonly isShown: IsShown },
): Sides {
  let sides = inner;
  for (let step = LONGEST_STEP * grid; step >= grid; step /= 2) {
    let moves = 1;
    while (moves > 0) {
      moves = 0;
      for (const [side, way] of OUTWARDS) {
        const room = Math.abs(whole[side] - sides[side]);
        const next = { ...sides, [side]: sides[side] + way * Math.min(step, room) };
        if (room === 0 || !isShown(next)) continue;
        sides = next;
        moves++;
      }
    }
  }
  return sides;
}

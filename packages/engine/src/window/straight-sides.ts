/** Slopes that a side may have, in pixels per pixel: panes lean in perspective, and sag a little in lenses. */
const STEEPEST = 0.5;
const SLOPES = 49;

/** What is this many pixels beside a line still lies on it. */
const BESIDE = 1;

/** A connected part of a picture `width` pixels wide and `height` high, and its bounds, ends included. */
export type Shape = {
  /** Indices of its pixels. */
  readonly pixels: Int32Array;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
};

type Size = { readonly width: number; readonly height: number };

/**
 * How much of the straighter upright side, and of the straighter level one, lies on a straight line, 0..1.
 * A pane that trees, furniture or curtains cut off still has a corner of its frame; clouds, skies above
 * trees and the mouth of a cave have none. Where the picture ends there is no side.
 */
export function straightSides(
  shape: Shape,
  { width, height }: Size,
): { readonly upright: number; readonly level: number } {
  const [across, down] = [shape.right - shape.left + 1, shape.bottom - shape.top + 1];
  const [lefts, rights] = [new Int32Array(down).fill(width), new Int32Array(down).fill(-1)];
  const [tops, bottoms] = [new Int32Array(across).fill(height), new Int32Array(across).fill(-1)];
  for (let i = 0; i < shape.pixels.length; i++) {
    const x = (shape.pixels[i] as number) % width;
    const y = ((shape.pixels[i] as number) - x) / width;
    const [row, column] = [y - shape.top, x - shape.left];
    if (x < (lefts[row] as number)) lefts[row] = x;
    if (x > (rights[row] as number)) rights[row] = x;
    if (y < (tops[column] as number)) tops[column] = y;
    if (y > (bottoms[column] as number)) bottoms[column] = y;
  }
  return {
    upright: Math.max(onOneLine(lefts, 0), onOneLine(rights, width - 1)),
    level: Math.max(onOneLine(tops, 0), onOneLine(bottoms, height - 1)),
  };
}

/**
 * Share of a side's pixels on the straight line that most of them lie on: lines of all slopes are voted for
 * (Hough 1962).
 * @param side for each row or column, where it is
 * @param border where the picture ends
 */
function onOneLine(side: Int32Array, border: number): number {
  const reach = Math.ceil(STEEPEST * side.length) + BESIDE;
  const [least, greatest] = endsOf(side);
  const votes = new Int32Array(greatest - least + 2 * reach + 1);
  let most = 0;
  for (let k = 0; k < SLOPES; k++) {
    const slope = STEEPEST * ((2 * k) / (SLOPES - 1) - 1);
    votes.fill(0);
    for (let i = 0; i < side.length; i++) {
      const at = side[i] as number;
      if (at === border) continue;
      const place = Math.round(at - slope * i) - least + reach;
      votes[place] = (votes[place] as number) + 1;
    }
    for (let place = BESIDE; place < votes.length - BESIDE; place++) {
      let count = 0;
      for (let d = -BESIDE; d <= BESIDE; d++) count += votes[place + d] as number;
      if (count > most) most = count;
    }
  }
  return side.length > 0 ? most / side.length : 0;
}

function endsOf(values: Int32Array): readonly [least: number, greatest: number] {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i] as number);
    greatest = Math.max(greatest, values[i] as number);
  }
  return [least, greatest];
}

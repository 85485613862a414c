import { createPlane, type Plane } from '../pixels/picture.ts';
import { label, type Mask } from './morphology.ts';

/** How far, as a share of the longer side, a pane's blown parts may be from a dark part of its view. */
const REACH = 0.06;

/** Of the eight directions, in how many the view must be met within reach. */
const ENCLOSED = 7;

/**
 * Light (EV against the clipping point of the room exposure) from which on a dark pixel inside a pane
 * may be part of the view, and from which on it surely may. Darker ones are things before the window.
 */
const DARK_VIEW = -3.5;
const BRIGHT_VIEW = -2.5;

/** Maps as large as the one to fill. */
export type Filling = {
  /** What may be filled. */
  readonly fillable: Mask;
  readonly light: Plane;
  /** Longer side of the picture that the maps are a part of, in their pixels. */
  readonly side: number;
};

/**
 * How much of each pixel shows the view, 0..1: the pixels found so far, and what the connected ones
 * among them enclose. A glazing bar lies between two panes and is enclosed by neither.
 */
export function fillPanes(found: Mask, { fillable, light, side }: Filling): Plane {
  const { width, height, data } = found;
  const reach = Math.max(2, Math.round(REACH * side));
  const { labels, count } = label(found);
  const filled: Mask = { width, height, data: data.slice() };
  for (const box of boxesOf(labels, count, width)) {
    const met = new Uint8Array((box.right - box.left + 1) * (box.bottom - box.top + 1));
    countDirections(labels, width, { box, met, reach, forward: true });
    countDirections(labels, width, { box, met, reach, forward: false });
    for (let y = box.top; y <= box.bottom; y++) fillRow(filled, { box, met, fillable, y });
  }
  const view = createPlane(width, height);
  for (let y = 0; y < height; y++) shareRow(filled, light, { view, from: y * width });
  return view;
}

type BoxRow = {
  readonly box: Part;
  readonly met: Uint8Array;
  readonly fillable: Mask;
  readonly y: number;
};

function fillRow({ width, data }: Mask, { box, met, fillable, y }: BoxRow): void {
  const from = y * width + box.left;
  const size = box.right - box.left + 1;
  const row = (y - box.top) * size;
  for (let x = 0; x < size; x++)
    if ((met[row + x] as number) >= ENCLOSED && fillable.data[from + x] === 1) data[from + x] = 1;
}

type ViewRow = { readonly view: Plane; readonly from: number };

function shareRow({ width, data }: Mask, light: Plane, { view, from }: ViewRow): void {
  for (let at = from; at < from + width; at++) {
    if (data[at] === 0) continue;
    const share = ((light.data[at] as number) - DARK_VIEW) / (BRIGHT_VIEW - DARK_VIEW);
    view.data[at] = share < 0 ? 0 : share > 1 ? 1 : share;
  }
}

/** A connected part and its bounds, ends included. */
type Part = { number: number; left: number; top: number; right: number; bottom: number };

/** Bounds of every connected part. */
function boxesOf(labels: Int32Array, count: number, width: number): Part[] {
  const boxes = Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    left: width,
    top: -1,
    right: 0,
    bottom: 0,
  }));
  for (let y = 0; y * width < labels.length; y++) widenBoxes(boxes, labels, { y, width });
  return boxes;
}

type LabelRow = { readonly y: number; readonly width: number };

function widenBoxes(boxes: Part[], labels: Int32Array, { y, width }: LabelRow): void {
  const row = y * width;
  let number = 0;
  for (let x = 0; x < width; x++) {
    const before = number;
    number = labels[row + x] as number;
    const box = boxes[number - 1];
    if (box === undefined) continue;
    if (x > box.right) box.right = x;
    if (number === before) continue;
    if (x < box.left) box.left = x;
    if (box.top < 0) box.top = y;
    box.bottom = y;
  }
}

/**
 * Adds to `met`, for the pixels of a box, in how many of four directions its part is met within reach:
 * left, up and the two upper diagonals (`forward`), or the four opposite ones.
 */
function countDirections(
  labels: Int32Array,
  stride: number,
  { box, met, reach, forward }: { box: Part; met: Uint8Array; reach: number; forward: boolean },
): void {
  const [width, height] = [box.right - box.left + 1, box.bottom - box.top + 1];
  // Steps to the next pixel of the part along the column and both diagonals; one row of each is kept.
  const far = reach + 1;
  const straight = new Uint16Array(width).fill(far);
  let leading = new Uint16Array(width + 2).fill(far);
  let trailing = new Uint16Array(width + 2).fill(far);
  let nextLeading = leading.slice();
  let nextTrailing = trailing.slice();
  for (let row = 0; row < height; row++) {
    const y = forward ? row : height - 1 - row;
    let along = far;
    for (let column = 0; column < width; column++) {
      const x = forward ? column : width - 1 - column;
      if (labels[(box.top + y) * stride + box.left + x] === box.number) {
        along = 0;
        straight[x] = 0;
        nextLeading[x + 1] = 0;
        nextTrailing[x + 1] = 0;
        continue;
      }
      along = Math.min(far, along + 1);
      const up = Math.min(far, (straight[x] as number) + 1);
      const before = Math.min(far, (leading[x] as number) + 1);
      const after = Math.min(far, (trailing[x + 2] as number) + 1);
      straight[x] = up;
      nextLeading[x + 1] = before;
      nextTrailing[x + 1] = after;
      const at = y * width + x;
      met[at] =
        (met[at] as number) +
        (along <= reach ? 1 : 0) +
        (up <= reach ? 1 : 0) +
        (before <= reach ? 1 : 0) +
        (after <= reach ? 1 : 0);
    }
    [leading, nextLeading] = [nextLeading, leading];
    [trailing, nextTrailing] = [nextTrailing, trailing];
  }
}

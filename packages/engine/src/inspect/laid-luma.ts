import {
  createSourceGrid,
  type Geometry,
  type Lens,
  type SourceGrid,
} from '../geometry/geometry.ts';
import { encodedGain, readGridRow } from '../geometry/warp.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import type { Size } from './small-copy.ts';

/** Fractions of a pixel that are told apart. */
const FRACTIONS = 256;

/** Pixels of the small copy between the nodes of the grid. */
const GRID_STEP = 16;

/**
 * How a small copy is read: each of its pixels is the mean of a rectangle laid anywhere in the picture,
 * so that it is turned, cropped and made small in one go. Fringes of colour are left as they are: they
 * are narrower than a small pixel.
 */
export type Reading = Size & {
  readonly grid: SourceGrid;
  readonly across: Shares;
  readonly down: Shares;
  /** What undoes the vignette; `null`: there is none. */
  readonly gains: Gains | null;
};

/** A picture as it lies in a photo, made small: `asSeen` leads from the photo's pixels to its own. */
export function readingAs(asSeen: Geometry, small: Size): Reading {
  const [x, y] = [asSeen.width / small.width, asSeen.height / small.height];
  const [a, b, c, d, e, f, g, h, k] = asSeen.toPicture;
  const { lens } = asSeen;
  const geometry: Geometry = {
    ...small,
    toPicture: [a * x, b * y, c, d * x, e * y, f, g * x, h * y, k],
    lens,
  };
  const grid = createSourceGrid(geometry, GRID_STEP);
  // One size of rectangle for all: what turns and straightens a photo hardly stretches it.
  const [left, right] = [nodeNear(grid, 0, 0.5), nodeNear(grid, 1, 0.5)];
  const [top, bottom] = [nodeNear(grid, 0.5, 0), nodeNear(grid, 0.5, 1)];
  const wide = distance(grid, left, right) / ((grid.columns - 1) * GRID_STEP);
  const high = distance(grid, top, bottom) / ((grid.rows - 1) * GRID_STEP);
  return { ...small, grid, across: sharesOf(wide), down: sharesOf(high), gains: gainsOf(lens) };
}

function nodeNear({ columns, rows }: SourceGrid, x: number, y: number): number {
  return Math.round(y * (rows - 1)) * columns + Math.round(x * (columns - 1));
}

function distance({ x, y }: SourceGrid, from: number, to: number): number {
  return Math.hypot(
    (x[to] as number) - (x[from] as number),
    (y[to] as number) - (y[from] as number),
  );
}

/** What part of a pixel's length each of `taps` pixels is, for every fraction it may begin at. */
type Shares = { readonly length: number; readonly taps: number; readonly shares: Float32Array };

function sharesOf(wanted: number): Shares {
  // A picture that is not made smaller is read between its pixels.
  const length = Math.max(1, wanted);
  const taps = Math.ceil(length) + 1;
  const shares = new Float32Array(FRACTIONS * taps);
  for (let fraction = 0; fraction < FRACTIONS; fraction++) {
    const from = fraction / FRACTIONS;
    for (let tap = 0; tap < taps; tap++) {
      const covered = Math.min(tap + 1, from + length) - Math.max(tap, from);
      shares[fraction * taps + tap] = Math.max(0, covered) / length;
    }
  }
  return { length, taps, shares };
}

/** Gains of encoded values for the square of the distance from the axis, in 1024ths of that of the corner. */
type Gains = { readonly lens: Lens; readonly table: Float32Array };

const SQUARES = 1024;

function gainsOf(lens: Lens | null): Gains | null {
  if (lens === null || lens.vignette.every((value) => value === 0)) return null;
  const { centreX, centreY, radius } = lens;
  const table = Float32Array.from({ length: SQUARES + 1 }, (_, i) =>
    encodedGain(lens, centreX + radius * Math.sqrt(i / SQUARES), centreY),
  );
  return { lens, table };
}

/** Where each pixel of a row begins: whole pixel of the picture, and the first of its shares. */
class Row {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly left: Int32Array;
  readonly top: Int32Array;
  readonly across: Int32Array;
  readonly down: Int32Array;
  readonly gains: Float32Array;
  readonly #reading: Reading;

  constructor(reading: Reading) {
    const { width } = reading;
    this.#reading = reading;
    [this.xs, this.ys] = [new Float64Array(width), new Float64Array(width)];
    [this.left, this.top] = [new Int32Array(width), new Int32Array(width)];
    [this.across, this.down] = [new Int32Array(width), new Int32Array(width)];
    this.gains = new Float32Array(width).fill(1);
  }

  /** Finds the places of row `y` of the small copy. */
  find(y: number): void {
    const { grid, across, down, gains } = this.#reading;
    readGridRow(grid, y + 0.5, this);
    findBegins(this.xs, across, { whole: this.left, first: this.across });
    findBegins(this.ys, down, { whole: this.top, first: this.down });
    if (gains !== null) this.#findGains(gains);
  }

  #findGains({ lens, table }: Gains): void {
    const unit = SQUARES / lens.radius ** 2;
    for (let i = 0; i < this.gains.length; i++) {
      const [dx, dy] = [
        (this.xs[i] as number) - lens.centreX,
        (this.ys[i] as number) - lens.centreY,
      ];
      const square = Math.min(SQUARES, Math.round((dx * dx + dy * dy) * unit));
      this.gains[i] = table[square] as number;
    }
  }
}

function findBegins(
  centres: Float64Array,
  { length, taps }: Shares,
  into: { readonly whole: Int32Array; readonly first: Int32Array },
): void {
  const { whole, first } = into;
  for (let i = 0; i < centres.length; i++) {
    const begin = Math.round(((centres[i] as number) - length / 2) * FRACTIONS);
    whole[i] = begin >> 8;
    first[i] = (begin & 255) * taps;
  }
}

/**
 * Makes a luma plane small in one go with the geometry that its photo went through: nothing is made of full size
 * that is not needed. Finest detail comes out a little different than in two steps.
 */
export function readSmall({ width, height, data }: Plane, reading: Reading): Plane {
  const out = createPlane(reading.width, reading.height);
  const [wide, high] = [reading.across, reading.down];
  const columns = new Int32Array(wide.taps);
  const row = new Row(reading);
  const { left, top, across, down, gains } = row;
  let into = 0;
  for (let y = 0; y < out.height; y++) {
    row.find(y);
    for (let x = 0; x < out.width; x++) {
      for (let k = 0; k < wide.taps; k++) columns[k] = within((left[x] as number) + k, width);
      let sum = 0;
      for (let m = 0; m < high.taps; m++) {
        const part = high.shares[(down[x] as number) + m] as number;
        if (part === 0) continue;
        const line = width * within((top[x] as number) + m, height);
        for (let k = 0; k < wide.taps; k++)
          sum +=
            part *
            (wide.shares[(across[x] as number) + k] as number) *
            (data[line + (columns[k] as number)] as number);
      }
      out.data[into++] = Math.min(1, (gains[x] as number) * sum);
    }
  }
  return out;
}

function within(index: number, size: number): number {
  return index < 0 ? 0 : index >= size ? size - 1 : index;
}

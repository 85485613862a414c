import { createPlaces, FRACTIONS, type Places, readChannel, readRow } from '../pixels/cubic.ts';
import { createPicture, type Picture } from '../pixels/picture.ts';
import { createSourceGrid, type Geometry, type Lens, type SourceGrid } from './geometry.ts';

/**
 * Pixels between the nodes of the grid: between them the geometry is as good as linear (for 3 % of barrel
 * on a photo of one megapixel it is 0.01 px off, on larger ones less). Kernels want a multiple of 16.
 */
export const GRID_STEP = 16;

/**
 * Takes the picture through the geometry with one bicubic resample; beyond its edges it is as at the edge.
 * The plain reference of the full-size kernel.
 */
export function warpPicture(picture: Picture, geometry: Geometry): Picture {
  const out = createPicture(geometry.width, geometry.height);
  const grid = createSourceGrid(geometry, GRID_STEP);
  const { lens } = geometry;
  const [xs, ys] = [new Float64Array(out.width), new Float64Array(out.width)];
  const places = createPlaces(out.width);
  const fringes = fringesOf(lens);
  for (let y = 0; y < out.height; y++) {
    readGridRow(grid, y + 0.5, { xs, ys });
    const row = out.data.subarray(y * out.width * 3, (y + 1) * out.width * 3);
    findPlaces(places, { xs, ys }, { stretch: 0, x: 0, y: 0 });
    readRow(picture, places, row);
    for (const [channel, stretch] of fringes) {
      findPlaces(places, { xs, ys }, { stretch, x: lens?.centreX ?? 0, y: lens?.centreY ?? 0 });
      readChannel(picture, places, { row, channel });
    }
  }
  brightenPicture(out, geometry);
  return out;
}

/** Colours that the lens drew at a size of their own. */
export function fringesOf(
  lens: Lens | null,
): readonly (readonly [channel: number, stretch: number])[] {
  if (lens === null) return [];
  const all = [
    [0, lens.red],
    [2, lens.blue],
  ] as const;
  return all.filter(([, stretch]) => stretch !== 0);
}

type Row = { readonly xs: Float64Array; readonly ys: Float64Array };

/** Where the pixels of the row at `y` were taken, in pixels of the picture. */
export function readGridRow(grid: SourceGrid, y: number, { xs, ys }: Row): void {
  const { step, columns, rows } = grid;
  const upper = Math.min(rows - 2, Math.floor(y / step));
  const down = y / step - upper;
  for (let column = 0; column < columns - 1; column++) {
    const at = upper * columns + column;
    const left = mixed(grid.x, at, { below: columns, down });
    const top = mixed(grid.y, at, { below: columns, down });
    const across = (mixed(grid.x, at + 1, { below: columns, down }) - left) / step;
    const sinking = (mixed(grid.y, at + 1, { below: columns, down }) - top) / step;
    const from = column * step;
    const to = Math.min(xs.length, from + step);
    for (let x = from; x < to; x++) {
      xs[x] = left + (x + 0.5 - from) * across;
      ys[x] = top + (x + 0.5 - from) * sinking;
    }
  }
}

function mixed(
  nodes: Float64Array,
  at: number,
  { below, down }: { readonly below: number; readonly down: number },
): number {
  const upper = nodes[at] as number;
  return upper + down * ((nodes[at + below] as number) - upper);
}

/** @param about stretches the places away from a point, by this share */
function findPlaces(
  { left, top, across, down }: Places,
  { xs, ys }: Row,
  about: { readonly stretch: number; readonly x: number; readonly y: number },
): void {
  for (let i = 0; i < left.length; i++) {
    const x = xs[i] as number;
    const y = ys[i] as number;
    const u = Math.round((x + about.stretch * (x - about.x) - 0.5) * FRACTIONS);
    const v = Math.round((y + about.stretch * (y - about.y) - 0.5) * FRACTIONS);
    left[i] = u >> 8;
    top[i] = v >> 8;
    across[i] = 4 * (u & 255);
    down[i] = 4 * (v & 255);
  }
}

function isEven({ vignette }: Lens): boolean {
  return vignette.every((value) => value === 0);
}

/** Share of the axis' light that arrives at a point of the picture. */
export function brightness(lens: Lens, x: number, y: number): number {
  const [a, b, c] = lens.vignette;
  const dx = (x - lens.centreX) / lens.radius;
  const dy = (y - lens.centreY) / lens.radius;
  const square = dx * dx + dy * dy;
  return 1 + square * (a + square * (b + square * c));
}

/** What undoes the vignette in encoded values: gains of light to the power of 1 / 2.2. */
export function encodedGain(lens: Lens, x: number, y: number): number {
  return Math.max(0.1, brightness(lens, x, y)) ** (-1 / 2.2);
}

/** Undoes the vignette of a picture that went through the geometry. Nothing is brightened beyond white. */
export function brightenPicture({ width, height, data }: Picture, geometry: Geometry): void {
  const { lens } = geometry;
  if (lens === null || isEven(lens)) return;
  const grid = createSourceGrid(geometry, GRID_STEP);
  const [xs, ys] = [new Float64Array(width), new Float64Array(width)];
  for (let y = 0, at = 0; y < height; y++) {
    readGridRow(grid, y + 0.5, { xs, ys });
    for (let x = 0; x < width; x++) {
      const strongest = Math.max(
        data[at] as number,
        data[at + 1] as number,
        data[at + 2] as number,
      );
      // All channels by the same, or what is nearly white would change its colour.
      const most = Math.max(1, 65535 / Math.max(1, strongest));
      const gain = Math.min(most, encodedGain(lens, xs[x] as number, ys[x] as number));
      for (const end = at + 3; at < end; at++)
        data[at] = Math.min(65535, (data[at] as number) * gain + 0.5);
    }
  }
}

/** The grid of a colour that the lens drew larger by a share. */
export function stretched(grid: SourceGrid, { lens }: Geometry, share: number): SourceGrid {
  if (lens === null || share === 0) return grid;
  const { centreX, centreY } = lens;
  return {
    ...grid,
    x: grid.x.map((x) => x + share * (x - centreX)),
    y: grid.y.map((y) => y + share * (y - centreY)),
  };
}

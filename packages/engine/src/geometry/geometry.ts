import { moved, scaledUp } from '../align/homography.ts';
import type { Homography } from '../plan/plan.ts';
import { bend } from './lens-model.ts';

/** What a lens does to a picture. Distances in pixels of the picture the photo is made from. */
export type Lens = {
  /** The optical axis. */
  readonly centreX: number;
  readonly centreY: number;
  /** Unit of r below: half the diagonal. */
  readonly radius: number;
  /** Distortion: what belongs at r was taken at r (1 + k1 r^2); below 0 is a barrel. */
  readonly k1: number;
  /** Lateral colour: red and blue were taken at r (1 + it), where r is where green was taken. */
  readonly red: number;
  readonly blue: number;
  /** Light at r, 1 on the axis: 1 + v[0] r^2 + v[1] r^4 + v[2] r^6 (linear light). */
  readonly vignette: readonly [number, number, number];
};

/**
 * All geometry of a photo: lens, upright and crop, as one way from a pixel of the result back to where
 * it was taken, so that the photo is resampled once.
 */
export type Geometry = {
  /** Size of the result in pixels. */
  readonly width: number;
  readonly height: number;
  /** From a point of the result to a point of the picture as a perfect lens would have taken it. */
  readonly toPicture: Homography;
  /** From there to the picture as it was taken; `null`: the same point. */
  readonly lens: Lens | null;
};

/** Where in the picture a point of the result was taken (green and luma). */
export function sourceOf(
  { toPicture, lens }: Geometry,
  x: number,
  y: number,
): [x: number, y: number] {
  const { x: u, y: v } = moved(toPicture, x, y);
  if (lens === null || lens.k1 === 0) return [u, v];
  const dx = u - lens.centreX;
  const dy = v - lens.centreY;
  const r = Math.hypot(dx, dy) / lens.radius;
  const factor = r === 0 ? 1 : bend(r, lens.k1) / r;
  return [lens.centreX + dx * factor, lens.centreY + dy * factor];
}

/** The same geometry for a copy of the picture that is `factor` times smaller (rounded up). */
export function reduceGeometry(geometry: Geometry, factor: number): Geometry {
  return {
    width: Math.ceil(geometry.width / factor),
    height: Math.ceil(geometry.height / factor),
    toPicture: scaledUp(geometry.toPicture, 1 / factor),
    lens: geometry.lens === null ? null : scaledLens(geometry.lens, 1 / factor),
  };
}

/** The same lens in pixels that are `factor` times smaller (an overview's, brought to full size). */
export function scaledLens(lens: Lens, factor: number): Lens {
  return {
    ...lens,
    centreX: lens.centreX * factor,
    centreY: lens.centreY * factor,
    radius: lens.radius * factor,
  };
}

/** `sourceOf` on the corners of squares of `step` pixels: between them it is as good as linear. */
export type SourceGrid = {
  readonly step: number;
  readonly columns: number;
  readonly rows: number;
  /** Pixels of the picture, row by row; node (i, j) is the point (i * step, j * step) of the result. */
  readonly x: Float64Array;
  readonly y: Float64Array;
};

export function createSourceGrid(geometry: Geometry, step: number): SourceGrid {
  const columns = Math.ceil(geometry.width / step) + 1;
  const rows = Math.ceil(geometry.height / step) + 1;
  const x = new Float64Array(columns * rows);
  const y = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [u, v] = sourceOf(geometry, column * step, row * step);
      x[row * columns + column] = u;
      y[row * columns + column] = v;
    }
  }
  return { step, columns, rows, x, y };
}

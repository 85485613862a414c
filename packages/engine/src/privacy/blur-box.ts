import type { Rectangle } from '../plan/plan.ts';

/** One channel of a picture or a plane. */
export type Samples = {
  readonly data: Uint16Array | Int16Array;
  /** Index of sample (0, 0), and steps to the next one and to the next row. */
  readonly start: number;
  readonly step: number;
  readonly stride: number;
  readonly width: number;
  readonly height: number;
};

/** Cells along the longer side of what is blurred: a face has five or six of them. */
const CELLS = 10;
/** A cell has this many samples on a side at least: means of single ones would hide nothing. */
const SMALLEST_CELL = 3;
/** The blur fades out over this share of the box's shorter side, outside of it. */
const FADE = 0.12;

/** Samples that are worked on without a break: a few milliseconds. */
const BREAK = 200_000;

/**
 * Blurs a box so that nobody can undo it: all that is left of it are the means of a few cells, each
 * mixed with its neighbours, and smoothly joined (cubic B-spline). Outside of the box it fades out.
 * @param box in samples, may lie outside
 */
export function blurBox(samples: Samples, box: Rectangle): void {
  for (const _ of blurInParts(samples, box));
}

/** The same with breaks in between, so that a box as large as a photo holds nobody up. */
export function* blurInParts(samples: Samples, box: Rectangle): Generator<void> {
  const fade = FADE * Math.min(box.width, box.height);
  const area = areaOf(samples, box, fade);
  if (area.width <= 0 || area.height <= 0) return;
  const cells = yield* cellsOf(samples, area);
  const work = {
    ...{ cells, area, box, fade },
    columns: splineAlong(area.width, cells.columns),
    rows: splineAlong(area.height, cells.rows),
    line: new Float64Array(cells.columns),
  };
  for (let y = 0; y < area.height; y++) {
    blurRow(samples, y, work);
    if (isBreak(y, area)) yield;
  }
}

/** After so many rows that BREAK samples are done. */
function isBreak(y: number, { width }: Rectangle): boolean {
  return (y + 1) % Math.ceil(BREAK / width) === 0;
}

type Work = {
  readonly cells: Cells;
  readonly area: Rectangle;
  readonly box: Rectangle;
  readonly fade: number;
  readonly columns: Spline;
  readonly rows: Spline;
  /** Scratch: the cells at the height of a row. */
  readonly line: Float64Array;
};

function blurRow(samples: Samples, y: number, work: Work): void {
  const { cells, area, box, fade, columns, rows, line } = work;
  mixRow(cells, { rows, y }, line);
  const outsideY = outside(area.top + y + 0.5, box.top, box.height);
  const at = samples.start + (area.top + y) * samples.stride + area.left * samples.step;
  for (let x = 0; x < area.width; x++) {
    const far = Math.hypot(outside(area.left + x + 0.5, box.left, box.width), outsideY);
    if (far >= fade && far > 0) continue;
    const share = far === 0 ? 1 : fadeOut(far / fade);
    const index = at + x * samples.step;
    const before = samples.data[index] as number;
    samples.data[index] = Math.round(before + (mixAt(columns, line, x) - before) * share);
  }
}

/** The samples that the box and its rim touch. */
function areaOf({ width, height }: Samples, box: Rectangle, fade: number): Rectangle {
  const left = Math.max(0, Math.floor(box.left - fade));
  const top = Math.max(0, Math.floor(box.top - fade));
  return {
    left,
    top,
    width: Math.min(width, Math.ceil(box.left + box.width + fade)) - left,
    height: Math.min(height, Math.ceil(box.top + box.height + fade)) - top,
  };
}

type Cells = { readonly columns: number; readonly rows: number; readonly values: Float64Array };

function* cellsOf(samples: Samples, area: Rectangle): Generator<void, Cells> {
  const side = Math.max(SMALLEST_CELL, Math.max(area.width, area.height) / CELLS);
  const columns = Math.max(1, Math.round(area.width / side));
  const rows = Math.max(1, Math.round(area.height / side));
  const sums = new Float64Array(columns * rows);
  const counts = new Float64Array(columns * rows);
  for (let y = 0; y < area.height; y++) {
    const row = Math.floor((y * rows) / area.height) * columns;
    const at = samples.start + (area.top + y) * samples.stride + area.left * samples.step;
    for (let x = 0; x < area.width; x++) {
      const cell = row + Math.floor((x * columns) / area.width);
      sums[cell] = (sums[cell] as number) + (samples.data[at + x * samples.step] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
    if (isBreak(y, area)) yield;
  }
  const means = sums.map((sum, i) => sum / Math.max(1, counts[i] as number));
  return { columns, rows, values: smooth(smooth(means, columns, 1), columns, columns) };
}

/** Quarter, half, quarter along the rows (step 1) or the columns (step `columns`); the ends repeat. */
function smooth(values: Float64Array, columns: number, step: number): Float64Array {
  const along = step === 1 ? columns : values.length / columns;
  return values.map((value, i) => {
    const place = step === 1 ? i % columns : Math.floor(i / columns);
    const before = place === 0 ? value : (values[i - step] as number);
    const after = place === along - 1 ? value : (values[i + step] as number);
    return (before + 2 * value + after) / 4;
  });
}

/** For each sample four cells along an axis and their weights. */
type Spline = { readonly cells: Int32Array; readonly weights: Float64Array };

/** Uniform cubic B-spline, as near to a Gaussian of half a cell as four cells can be. */
function splineAlong(samples: number, cells: number): Spline {
  const spline = { cells: new Int32Array(samples * 4), weights: new Float64Array(samples * 4) };
  for (let i = 0; i < samples; i++) {
    const place = ((i + 0.5) * cells) / samples - 0.5;
    const first = Math.floor(place);
    const t = place - first;
    const weights = [(1 - t) ** 3, 3 * t ** 3 - 6 * t ** 2 + 4, 0, t ** 3];
    weights[2] = 6 - weights.reduce((sum, weight) => sum + weight, 0);
    for (let k = 0; k < 4; k++) {
      spline.cells[i * 4 + k] = Math.min(cells - 1, Math.max(0, first + k - 1));
      spline.weights[i * 4 + k] = (weights[k] as number) / 6;
    }
  }
  return spline;
}

function mixRow(cells: Cells, { rows, y }: { rows: Spline; y: number }, into: Float64Array): void {
  for (let column = 0; column < cells.columns; column++) {
    let sum = 0;
    for (let k = y * 4; k < y * 4 + 4; k++) {
      const cell = (rows.cells[k] as number) * cells.columns + column;
      sum += (rows.weights[k] as number) * (cells.values[cell] as number);
    }
    into[column] = sum;
  }
}

function mixAt({ cells, weights }: Spline, line: Float64Array, x: number): number {
  let sum = 0;
  for (let k = x * 4; k < x * 4 + 4; k++)
    sum += (weights[k] as number) * (line[cells[k] as number] as number);
  return sum;
}

/** How far a place lies before or behind a stretch; 0 within. */
function outside(place: number, start: number, length: number): number {
  return Math.max(0, start - place, place - start - length);
}

/** From 1 at 0 to 0 at 1, without an edge at either end. */
function fadeOut(far: number): number {
  return 1 - far * far * (3 - 2 * far);
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Camera } from '../../../packages/engine/src/geometry/camera.ts';
import {
  estimateFrame,
  UNKNOWN_LENS,
} from '../../../packages/engine/src/geometry/estimate-frame.ts';
import { cross, dot, unit, type Vector } from '../../../packages/engine/src/geometry/rotation.ts';
import type { Segment } from '../../../packages/engine/src/geometry/segments.ts';
import { readMatFile } from './mat-file.ts';

/** The camera of the York Urban database, as published with it: millimetres and pixels. */
const FOCAL_MM = 6.05317058975369;
const PIXEL_MM = 0.00896875;
const CAMERA: Camera = {
  focal: FOCAL_MM / PIXEL_MM,
  focalKnown: true,
  centreX: 307.551305282635,
  centreY: 251.454244960136,
  radius: Math.hypot(640, 480) / 2,
};

const DEGREES = 180 / Math.PI;

export type YorkResult = {
  readonly name: string;
  /** Angle between our vertical and the one marked by hand, degrees. */
  readonly error: number;
  /** The same against the marked vertical after all three marked directions were made orthogonal. */
  readonly toOrthogonal: number;
  /** How far the marked vertical is from being upright on the two marked horizontals. */
  readonly ownError: number;
};

/** Finds the vertical from the database's own segments. */
export function measureYork(data: string): YorkResult[] {
  const folder = join(data, 'vp_yud', 'data');
  return readdirSync(join(folder, 'lines'))
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => {
      const name = file.slice(0, -4);
      const segments = readSegments(join(folder, 'lines', file));
      const marked = readDirections(join(folder, 'vps', `${name}GroundTruthVP_CamParams.mat`));
      const found = estimateFrame(segments, CAMERA, UNKNOWN_LENS)?.directions[0] ?? [0, 0, 1];
      const vertical = marked.reduce((a, b) => (Math.abs(b[1]) > Math.abs(a[1]) ? b : a));
      const [first, second] = marked.filter((direction) => direction !== vertical);
      const upright = unit(cross(first ?? [1, 0, 0], second ?? [0, 0, 1]));
      const orthogonal = madeOrthogonal(marked)[marked.indexOf(vertical)] ?? vertical;
      return {
        name,
        error: between(found, vertical),
        toOrthogonal: between(found, orthogonal),
        ownError: between(vertical, upright),
      };
    });
}

function between(a: Vector, b: Vector): number {
  return Math.acos(Math.min(1, Math.abs(dot(unit(a), unit(b))))) * DEGREES;
}

/** The ends of a segment stand in the 7th, 8th, 10th and 11th column. */
function readSegments(file: string): Segment[] {
  const [, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  return rows.map((row) => {
    const values = row.split(' ').map(Number);
    const [x1 = 0, y1 = 0, , x2 = 0, y2 = 0] = values.slice(6);
    return { x1, y1, x2, y2 };
  });
}

/** The first three directions; in the file y points up. */
function readDirections(file: string): [Vector, Vector, Vector] {
  const values = readMatFile(readFileSync(file)).get('vp') ?? [];
  const direction = (at: number): Vector =>
    unit([values[at] ?? 0, -(values[at + 1] ?? 0), values[at + 2] ?? 0]);
  return [direction(0), direction(3), direction(6)];
}

/** The orthogonal frame nearest to three directions (polar decomposition by Newton's method, Higham 1986). */
function madeOrthogonal(directions: readonly [Vector, Vector, Vector]): Vector[] {
  let rows: Vector[] = [...directions];
  for (let round = 0; round < 30; round++) {
    const [a, b, c] = rows as [Vector, Vector, Vector];
    const volume = dot(a, cross(b, c));
    const inverse = [cross(b, c), cross(c, a), cross(a, b)];
    rows = rows.map((row, i): Vector => {
      const other = inverse[i] ?? row;
      return [
        (row[0] + other[0] / volume) / 2,
        (row[1] + other[1] / volume) / 2,
        (row[2] + other[2] / volume) / 2,
      ];
    });
  }
  return rows;
}

import type { Camera } from './camera.ts';
import { rayFactor } from './lens-model.ts';
import type { Vector } from './rotation.ts';
import type { Segment } from './segments.ts';

/** Segments as the vanishing points see them: one column per property, all as long as `length`. */
export type Lines = {
  /** Middle, in focal lengths from the axis. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Unit direction. */
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  /** Pixels. */
  readonly length: Float64Array;
};

/** Segments, straightened by the lens model, relative to the camera's axis. */
export function toLines(segments: readonly Segment[], camera: Camera, k1: number): Lines {
  const count = segments.length;
  const lines = {
    x: new Float64Array(count),
    y: new Float64Array(count),
    dx: new Float64Array(count),
    dy: new Float64Array(count),
    length: new Float64Array(count),
  };
  const { centreX, centreY, focal } = camera;
  for (let i = 0; i < count; i++) {
    const segment = segments[i] as Segment;
    const first = rayFactor(camera, k1, { dx: segment.x1 - centreX, dy: segment.y1 - centreY });
    const second = rayFactor(camera, k1, { dx: segment.x2 - centreX, dy: segment.y2 - centreY });
    const x1 = (segment.x1 - centreX) * first;
    const y1 = (segment.y1 - centreY) * first;
    const x2 = (segment.x2 - centreX) * second;
    const y2 = (segment.y2 - centreY) * second;
    const length = Math.sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    lines.x[i] = (x1 + x2) / 2;
    lines.y[i] = (y1 + y2) / 2;
    lines.dx[i] = (x2 - x1) / length;
    lines.dy[i] = (y2 - y1) / length;
    lines.length[i] = length * focal;
  }
  return lines;
}

/** The same lines seen with a focal length `factor` times as long. */
export function zoomedLines(lines: Lines, factor: number): Lines {
  const { x, y } = lines;
  return { ...lines, x: x.map((value) => value / factor), y: y.map((value) => value / factor) };
}

/**
 * Sine of the angle between line `i` and the line from its middle to the vanishing point of `direction`
 * (which need not be a unit vector).
 */
export function deviation(lines: Lines, i: number, direction: Vector): number {
  const tx = direction[0] - direction[2] * (lines.x[i] as number);
  const ty = direction[1] - direction[2] * (lines.y[i] as number);
  const turned = (lines.dx[i] as number) * ty - (lines.dy[i] as number) * tx;
  return turned / Math.sqrt(tx * tx + ty * ty + 1e-300);
}

/** Normal of the plane through the camera and line `i`: a direction lies on the line when its dot product is 0. */
export function planeOf(lines: Lines, i: number): Vector {
  const [dx, dy] = [lines.dx[i] as number, lines.dy[i] as number];
  return [-dy, dx, dy * (lines.x[i] as number) - dx * (lines.y[i] as number)];
}

import { createPlane, type Plane } from './picture.ts';

/** Coefficients of q = a * I + b, per pixel. */
export type GuidedCoefficients = { readonly a: Plane; readonly b: Plane };

/**
 * Self-guided filter: He, Sun & Tang, "Guided Image Filtering", ECCV 2010. Applied to a small plane
 * and enlarged, the coefficients give an edge-keeping base layer of the full-size plane (He & Sun,
 * "Fast Guided Filter", 2015).
 * @param radius of the window in pixels of `plane`
 * @param epsilon variance that counts as texture rather than edge
 */
export function guidedCoefficients(
  plane: Plane,
  radius: number,
  epsilon: number,
): GuidedCoefficients {
  const mean = boxMean(plane, radius);
  const square = boxMean(
    mapPlane(plane, (value) => value * value),
    radius,
  );
  const a = createPlane(plane.width, plane.height);
  const b = createPlane(plane.width, plane.height);
  for (let i = 0; i < a.data.length; i++) {
    const m = mean.data[i] as number;
    const variance = Math.max(0, (square.data[i] as number) - m * m);
    const slope = variance / (variance + epsilon);
    a.data[i] = slope;
    b.data[i] = m * (1 - slope);
  }
  return { a: boxMean(a, radius), b: boxMean(b, radius) };
}

/** Mean over a (2 radius + 1) square, cut at the borders. */
export function boxMean(plane: Plane, radius: number): Plane {
  return boxVertical(boxHorizontal(plane, radius), radius);
}

function mapPlane(plane: Plane, change: (value: number) => number): Plane {
  return { width: plane.width, height: plane.height, data: plane.data.map(change) };
}

function boxHorizontal(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const from = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[from + x] as number;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[from + x + radius] as number;
      if (x - radius > 0) sum -= data[from + x - radius - 1] as number;
      const count = Math.min(width - 1, x + radius) - Math.max(0, x - radius) + 1;
      out.data[from + x] = sum / count;
    }
  }
  return out;
}

function boxVertical(plane: Plane, radius: number): Plane {
  const { width, height, data } = plane;
  const out = createPlane(width, height);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) addRow(sums, data, y * width);
  for (let y = 0; y < height; y++) {
    if (y + radius < height) addRow(sums, data, (y + radius) * width);
    if (y - radius > 0) subtractRow(sums, data, (y - radius - 1) * width);
    const count = Math.min(height - 1, y + radius) - Math.max(0, y - radius) + 1;
    for (let x = 0; x < width; x++) out.data[y * width + x] = (sums[x] as number) / count;
  }
  return out;
}

function addRow(sums: Float64Array, data: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) + (data[from + x] as number);
}

function subtractRow(sums: Float64Array, data: Float32Array, from: number): void {
  for (let x = 0; x < sums.length; x++) sums[x] = (sums[x] as number) - (data[from + x] as number);
}

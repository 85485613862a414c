import type { Homography } from '../plan/plan.ts';

/** A direction or a point in space. */
export type Vector = readonly [x: number, y: number, z: number];

/** A direction, turned. */
export function rotate(m: Homography, [x, y, z]: Vector): Vector {
  return [
    m[0] * x + m[1] * y + m[2] * z,
    m[3] * x + m[4] * y + m[5] * z,
    m[6] * x + m[7] * y + m[8] * z,
  ];
}

/** Rotation by |axis| radians around `axis` (Rodrigues' formula). */
export function rotationBy([x, y, z]: Vector): Homography {
  const angle = Math.hypot(x, y, z);
  if (angle < 1e-15) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const [a, b, c] = [x / angle, y / angle, z / angle];
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const rest = 1 - cosine;
  return [
    cosine + a * a * rest,
    a * b * rest - c * sine,
    a * c * rest + b * sine,
    a * b * rest + c * sine,
    cosine + b * b * rest,
    b * c * rest - a * sine,
    a * c * rest - b * sine,
    b * c * rest + a * sine,
    cosine + c * c * rest,
  ];
}

/** The shortest turn that takes unit vector `from` to unit vector `to`, as an axis as long as the angle. */
export function turnBetween(from: Vector, to: Vector): Vector {
  const axis = cross(from, to);
  const sine = Math.hypot(...axis);
  const scale = sine < 1e-15 ? 0 : Math.atan2(sine, dot(from, to)) / sine;
  return [axis[0] * scale, axis[1] * scale, axis[2] * scale];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The same direction with length 1. */
export function unit([x, y, z]: Vector): Vector {
  const length = Math.hypot(x, y, z);
  return length === 0 ? [0, 0, 0] : [x / length, y / length, z / length];
}

/** Solves the symmetric positive system `a x = b` by Cholesky's method; `a` row by row. */
export function solvePositive(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j] as number;
      for (let k = 0; k < j; k++) sum -= (l[i * n + k] as number) * (l[j * n + k] as number);
      l[i * n + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / (l[j * n + j] as number);
    }
  }
  const x = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let sum = b[i] as number;
    for (let k = 0; k < i; k++) sum -= (l[i * n + k] as number) * (x[k] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i] as number;
    for (let k = i + 1; k < n; k++) sum -= (l[k * n + i] as number) * (x[k] as number);
    x[i] = sum / (l[i * n + i] as number);
  }
  return x;
}

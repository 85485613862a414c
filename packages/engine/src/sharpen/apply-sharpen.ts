import { LUMA_B, LUMA_G, LUMA_R } from '../pixels/picture.ts';
import { blurWeights, type SharpenPlan } from './plan-sharpen.ts';

/** Share of the room up to full scale that brightening may take: crisping an edge clips no channel. */
const HEADROOM = 0.5;

/** Interleaved RGB, 8 or 16 bits by the type of the codes. */
export type Codes<T extends Uint8Array | Uint16Array> = {
  readonly width: number;
  readonly height: number;
  readonly data: T;
};

/**
 * Unsharp mask on luma, in place; kernels/sharpen.ts does the same on planes. All channels of a pixel
 * change by the same, so colours stay. No white rims: a pixel stays near the range of its neighbours.
 */
export function applySharpen<T extends Uint8Array | Uint16Array>(
  { width, height, data }: Codes<T>,
  plan: SharpenPlan,
): void {
  const full = data instanceof Uint8Array ? 255 : 65_535;
  const weights = blurWeights(plan.sigma);
  // Luma of five rows, before they are changed.
  const ring = Array.from({ length: 5 }, () => new Float32Array(width));
  const rowAt = (y: number): Float32Array =>
    ring[Math.min(height - 1, Math.max(0, y)) % 5] as Float32Array;
  const work: Work = {
    ...{ plan, weights, full, rows: [] },
    column: new Float32Array(width),
    low: new Float32Array(width),
    high: new Float32Array(width),
  };
  let next = 0;
  for (let y = 0; y < height; y++) {
    for (; next <= Math.min(height - 1, y + 2); next++)
      readLuma(data.subarray(next * width * 3, (next + 1) * width * 3), full, rowAt(next));
    const rows = [-2, -1, 0, 1, 2].map((away) => rowAt(y + away));
    sharpenRow(data.subarray(y * width * 3, (y + 1) * width * 3), { ...work, rows });
  }
}

type Work = {
  readonly plan: SharpenPlan;
  readonly weights: readonly [number, number, number];
  readonly full: number;
  /** Luma of the row, of two above and of two below it. */
  readonly rows: readonly Float32Array[];
  /** Scratch: blurred downwards; smallest and largest of three rows. */
  readonly column: Float32Array;
  readonly low: Float32Array;
  readonly high: Float32Array;
};

function readLuma(codes: Uint8Array | Uint16Array, full: number, into: Float32Array): void {
  const [r, g, b] = [LUMA_R / full, LUMA_G / full, LUMA_B / full];
  for (let x = 0, at = 0; x < into.length; x++, at += 3)
    into[x] =
      r * (codes[at] as number) + g * (codes[at + 1] as number) + b * (codes[at + 2] as number);
}

function readColumns({ rows, weights, column, low, high }: Work): void {
  const [above2, above, here, below, below2] = rows as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const [w0, w1, w2] = weights;
  for (let x = 0; x < column.length; x++) {
    const a = above[x] as number;
    const h = here[x] as number;
    const b = below[x] as number;
    column[x] = w0 * h + w1 * (a + b) + w2 * ((above2[x] as number) + (below2[x] as number));
    low[x] = Math.min(a, h, b);
    high[x] = Math.max(a, h, b);
  }
}

function sharpenRow(codes: Uint8Array | Uint16Array, work: Work): void {
  readColumns(work);
  const { column, low, high, full, weights, plan } = work;
  const here = work.rows[2] as Float32Array;
  const { amount, threshold, haloCap } = plan;
  const [w0, w1, w2] = weights;
  const last = here.length - 1;
  for (let x = 0, at = 0; x <= last; x++, at += 3) {
    const left = x > 0 ? x - 1 : 0;
    const right = x < last ? x + 1 : last;
    const outer = (column[x > 1 ? x - 2 : 0] as number) + (column[Math.min(last, x + 2)] as number);
    const inner = (column[left] as number) + (column[right] as number);
    const value = here[x] as number;
    const detail = value - w0 * (column[x] as number) - w1 * inner - w2 * outer;
    if (detail <= threshold && detail >= -threshold) continue;
    const wanted = value + amount * (detail > 0 ? detail - threshold : detail + threshold);
    const floor = Math.min(low[left] as number, low[x] as number, low[right] as number) - haloCap;
    const top = Math.max(high[left] as number, high[x] as number, high[right] as number) + haloCap;
    const r = codes[at] as number;
    const g = codes[at + 1] as number;
    const b = codes[at + 2] as number;
    const room = HEADROOM * (full - (r > g ? (r > b ? r : b) : g > b ? g : b));
    const change = Math.min(room, (Math.min(top, Math.max(floor, wanted)) - value) * full);
    codes[at] = cut(r + change, full);
    codes[at + 1] = cut(g + change, full);
    codes[at + 2] = cut(b + change, full);
  }
}

function cut(value: number, full: number): number {
  return value <= 0 ? 0 : value >= full ? full : value + 0.5;
}

import type { GradientField } from './gradient-field.ts';
import type { RegionBox } from './segments.ts';

/**
 * Connected cells whose edge directions agree, the seed first, and where they lie. The arrays are shared
 * between calls: only `size` of them count.
 */
export type Region = {
  readonly cells: Int32Array;
  readonly xs: Int32Array;
  readonly ys: Int32Array;
  size: number;
};

/** Directions within this angle of the region's mean belong to it. */
const TOLERANCE = (22.5 * Math.PI) / 180;

/** Each step of cutting a bent region down keeps this share of its radius. */
const RADIUS_STEP = 0.75;

/** Smaller regions than this have no direction of their own. */
const FEWEST = 6;

export function createRegionGrower(field: GradientField): {
  /** All free cells connected to `seed` that agree; they are taken then. */
  grow: (seed: number) => Region;
  /**
   * The rectangle of the region. A region that fills it badly (a bend, two lines that touch) is grown
   * again with less tolerance, then cut down around its seed; `null` when nothing straight is left.
   */
  tighten: (region: Region, density: number) => RegionBox | null;
} {
  const most = field.strength.length;
  const region: Region = {
    cells: new Int32Array(most),
    xs: new Int32Array(most),
    ys: new Int32Array(most),
    size: 0,
  };
  const grow = (seed: number): Region => growRegion(field, region, { seed, tolerance: TOLERANCE });
  const tighten = (_: Region, density: number): RegionBox | null => {
    let box = boxOf(field, region);
    if (fill(region, box) >= density) return box;
    const seed = region.cells[0] as number;
    const tolerance = 2 * spreadAround(field, region, box.width);
    release(field, region, 0);
    growRegion(field, region, { seed, tolerance });
    if (region.size < FEWEST) return null;
    box = boxOf(field, region);
    let radius = Math.max(Math.abs(box.from), box.to) * 2;
    while (fill(region, box) < density) {
      radius *= RADIUS_STEP;
      cutDown(field, region, radius);
      if (region.size < FEWEST) return null;
      box = boxOf(field, region);
    }
    return box;
  };
  return { grow, tighten };
}

function fill(region: Region, box: RegionBox): number {
  return region.size / Math.max(1, (box.to - box.from) * box.width);
}

function growRegion(
  field: GradientField,
  region: Region,
  from: { readonly seed: number; readonly tolerance: number },
): Region {
  const { width, direction, taken } = field;
  const { cells, xs, ys } = region;
  const bound = Math.cos(from.tolerance);
  let sumX = direction[2 * from.seed] as number;
  let sumY = direction[2 * from.seed + 1] as number;
  let limit = bound;
  cells[0] = from.seed;
  xs[0] = from.seed % width;
  ys[0] = Math.floor(from.seed / width);
  taken[from.seed] = 1;
  let size = 1;
  for (let next = 0; next < size; next++) {
    const cell = cells[next] as number;
    const x = xs[next] as number;
    const y = ys[next] as number;
    // Cells on the rim are taken from the start, so that there are always eight.
    for (let i = 0; i < 9; i++) {
      const column = (i % 3) - 1;
      const row = ((i / 3) | 0) - 1;
      const other = cell + row * width + column;
      if (taken[other] !== 0) continue;
      const ox = direction[2 * other] as number;
      const oy = direction[2 * other + 1] as number;
      if (ox * sumX + oy * sumY < limit) continue;
      taken[other] = 1;
      cells[size] = other;
      xs[size] = x + column;
      ys[size] = y + row;
      size++;
      sumX += ox;
      sumY += oy;
      limit = bound * Math.sqrt(sumX * sumX + sumY * sumY);
    }
  }
  region.size = size;
  return region;
}

/** Gives the cells from `keep` on back. */
function release(field: GradientField, region: Region, keep: number): void {
  for (let i = keep; i < region.size; i++) field.taken[region.cells[i] as number] = 0;
  region.size = keep;
}

/** Keeps what lies within `radius` of the seed. */
function cutDown(field: GradientField, region: Region, radius: number): void {
  const { cells, xs, ys } = region;
  const [seedX, seedY] = [xs[0] as number, ys[0] as number];
  let kept = 0;
  for (let i = 0; i < region.size; i++) {
    const cell = cells[i] as number;
    const x = (xs[i] as number) - seedX;
    const y = (ys[i] as number) - seedY;
    if (x * x + y * y <= radius * radius) {
      cells[kept] = cell;
      xs[kept] = xs[i] as number;
      ys[kept] = ys[i] as number;
      kept++;
    } else field.taken[cell] = 0;
  }
  region.size = kept;
}

/** Standard deviation of the directions near the seed, in radians. */
function spreadAround(field: GradientField, region: Region, width: number): number {
  const { direction } = field;
  const seed = region.cells[0] as number;
  const [dx, dy] = [direction[2 * seed] as number, direction[2 * seed + 1] as number];
  const [seedX, seedY] = [region.xs[0] as number, region.ys[0] as number];
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < region.size; i++) {
    const cell = region.cells[i] as number;
    const x = (region.xs[i] as number) - seedX;
    const y = (region.ys[i] as number) - seedY;
    if (x * x + y * y > width * width) continue;
    const cross = dx * (direction[2 * cell + 1] as number) - dy * (direction[2 * cell] as number);
    const angle = Math.asin(Math.min(1, Math.max(-1, cross)));
    sum += angle;
    squares += angle * angle;
    count++;
  }
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean));
}

/** Centre and direction by the moments of the region, each cell as heavy as its gradient is strong. */
function boxOf({ strength }: GradientField, region: Region): RegionBox {
  const { cells, xs, ys, size } = region;
  const seedX = xs[0] as number;
  const seedY = ys[0] as number;
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  let sumYY = 0;
  for (let i = 0; i < size; i++) {
    const weight = strength[cells[i] as number] as number;
    // From the seed: sums of squares of small numbers lose nothing.
    const ox = (xs[i] as number) - seedX;
    const oy = (ys[i] as number) - seedY;
    sum += weight;
    sumX += weight * ox;
    sumY += weight * oy;
    sumXX += weight * ox * ox;
    sumXY += weight * ox * oy;
    sumYY += weight * oy * oy;
  }
  const [x, y] = [sumX / sum, sumY / sum];
  const [xx, xy, yy] = [sumXX - sumX * x, sumXY - sumX * y, sumYY - sumY * y];
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const axis = { x: x + seedX, y: y + seedY, dx: Math.cos(angle), dy: Math.sin(angle) };
  return reach(region, axis);
}

function reach(
  { xs, ys, size }: Region,
  axis: Pick<RegionBox, 'x' | 'y' | 'dx' | 'dy'>,
): RegionBox {
  const { x, y, dx, dy } = axis;
  let from = 0;
  let to = 0;
  let least = 0;
  let most = 0;
  for (let i = 0; i < size; i++) {
    const ox = (xs[i] as number) - x;
    const oy = (ys[i] as number) - y;
    const along = ox * dx + oy * dy;
    const aside = oy * dx - ox * dy;
    if (along < from) from = along;
    if (along > to) to = along;
    if (aside < least) least = aside;
    if (aside > most) most = aside;
  }
  return { ...axis, from, to, width: Math.max(1, most - least) };
}

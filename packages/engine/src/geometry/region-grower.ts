import type { GradientField } from './gradient-field.ts';
import type { RegionBox } from './segments.ts';

/** Connected cells whose edge directions agree. `cells` is shared between calls: only `size` of it count. */
export type Region = { readonly cells: Int32Array; size: number };

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
  const region: Region = { cells: new Int32Array(field.strength.length), size: 0 };
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
  const { cells } = region;
  const bound = Math.cos(from.tolerance);
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  let sumX = direction[2 * from.seed] as number;
  let sumY = direction[2 * from.seed + 1] as number;
  let limit = bound;
  cells[0] = from.seed;
  taken[from.seed] = 1;
  let size = 1;
  for (let next = 0; next < size; next++) {
    const cell = cells[next] as number;
    for (let i = 0; i < 8; i++) {
      // Cells on the rim are taken from the start, so that there are always eight.
      const other = cell + (around[i] as number);
      if (taken[other] !== 0) continue;
      const ox = direction[2 * other] as number;
      const oy = direction[2 * other + 1] as number;
      if (ox * sumX + oy * sumY < limit) continue;
      taken[other] = 1;
      cells[size++] = other;
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
  const { cells } = region;
  const seed = cells[0] as number;
  const seedX = seed % field.width;
  const seedY = (seed - seedX) / field.width;
  let kept = 0;
  for (let i = 0; i < region.size; i++) {
    const cell = cells[i] as number;
    const x = (cell % field.width) - seedX;
    const y = Math.floor(cell / field.width) - seedY;
    if (x * x + y * y <= radius * radius) cells[kept++] = cell;
    else field.taken[cell] = 0;
  }
  region.size = kept;
}

/** Standard deviation of the directions near the seed, in radians. */
function spreadAround(field: GradientField, region: Region, width: number): number {
  const { direction } = field;
  const seed = region.cells[0] as number;
  const [dx, dy] = [direction[2 * seed] as number, direction[2 * seed + 1] as number];
  const seedX = seed % field.width;
  const seedY = (seed - seedX) / field.width;
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < region.size; i++) {
    const cell = region.cells[i] as number;
    const x = (cell % field.width) - seedX;
    const y = Math.floor(cell / field.width) - seedY;
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
function boxOf(field: GradientField, region: Region): RegionBox {
  const { strength, width } = field;
  const { cells, size } = region;
  let [sum, sumX, sumY] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const cell = cells[i] as number;
    const weight = strength[cell] as number;
    const x = cell % width;
    sum += weight;
    sumX += weight * x;
    sumY += (weight * (cell - x)) / width;
  }
  const [x, y] = [sumX / sum, sumY / sum];
  let [xx, xy, yy] = [0, 0, 0];
  for (let i = 0; i < size; i++) {
    const cell = cells[i] as number;
    const weight = strength[cell] as number;
    const column = cell % width;
    const ox = column - x;
    const oy = (cell - column) / width - y;
    xx += weight * ox * ox;
    xy += weight * ox * oy;
    yy += weight * oy * oy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  return reach(field, region, { x, y, dx: Math.cos(angle), dy: Math.sin(angle) });
}

function reach(
  field: GradientField,
  region: Region,
  axis: Pick<RegionBox, 'x' | 'y' | 'dx' | 'dy'>,
): RegionBox {
  const { cells, size } = region;
  let [from, to, least, most] = [0, 0, 0, 0];
  for (let i = 0; i < size; i++) {
    const cell = cells[i] as number;
    const column = cell % field.width;
    const ox = column - axis.x;
    const oy = (cell - column) / field.width - axis.y;
    const along = ox * axis.dx + oy * axis.dy;
    const aside = oy * axis.dx - ox * axis.dy;
    if (along < from) from = along;
    if (along > to) to = along;
    if (aside < least) least = aside;
    if (aside > most) most = aside;
  }
  return { ...axis, from, to, width: Math.max(1, most - least) };
}

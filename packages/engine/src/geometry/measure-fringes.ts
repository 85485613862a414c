import type { Picture } from '../pixels/picture.ts';
import { evenStep } from '../pixels/sample-places.ts';
import type { Camera } from './camera.ts';

/** How much larger than green a lens draws another colour, as a share of the radius. */
export type Fringe = {
  readonly share: number;
  /** Standard deviation of `share`. */
  readonly spread: number;
  /** Places that could tell. */
  readonly places: number;
};

/** Side of the squares that are compared on their own, in pixels. */
const TILE = 24;

/** Places nearer to the axis than this share of the radius shift too little. */
const NEAREST = 0.35;

/** Smallest and largest codes of pixels that are compared: others are cut off by the sensor. */
const DARKEST = 1500;
const BRIGHTEST = 62_000;

/** Least mean square of the radial gradient (codes) of a place that can tell. */
const LEAST_CONTRAST = 400 ** 2;

/** Largest share that lenses show; more is something else. */
const LARGEST = 0.004;

/** From this many pixels in the corner on, what is left is measured again. */
const FAR = 0.2;

/** At most so often, and in so many squares. */
const PASSES = 3;
const ENOUGH_TILES = 200;

/** Of more pixels than this every second row tells enough. */
const MANY_PIXELS = 1_000_000;

/**
 * Lateral chromatic aberration without a profile. Where red is drawn larger by a share s, it is near every
 * edge red(p) = a green(p) + b - a s (p . grad green(p)), p from the axis. A least-squares fit in every
 * small square gives its own s, free of the colour of things; the squares' weighted median is the lens.
 * That holds for shifts that are small beside the width of edges, so large ones are measured twice.
 */
export function measureFringes(
  picture: Picture,
  camera: Camera,
): { readonly red: Fringe; readonly blue: Fringe } {
  const step = picture.width * picture.height > MANY_PIXELS ? 2 : 1;
  const sums = { red: new Float64Array(SUMS), blue: new Float64Array(SUMS) };
  const reds: Vote[] = [];
  const blues: Vote[] = [];
  for (const tile of tilesOf(picture, camera)) {
    addBoth(picture, camera, { ...tile, step, sums });
    const red = solved(sums.red, tile, camera);
    if (red !== null) reds.push(red);
    const blue = solved(sums.blue, tile, camera);
    if (blue !== null) blues.push(blue);
  }
  return {
    red: refined(picture, camera, { channel: 0, votes: reds }),
    blue: refined(picture, camera, { channel: 2, votes: blues }),
  };
}

/** What the squares agree on, measured again after it was undone when it is large. */
function refined(
  picture: Picture,
  camera: Camera,
  { channel, votes }: { readonly channel: 0 | 2; readonly votes: readonly Vote[] },
): Fringe {
  const fringe = agreement(votes);
  const tiles = thinnedOut(votes, ENOUGH_TILES);
  let { share } = fringe;
  for (let pass = 1; pass < PASSES && Math.abs(share) * camera.radius >= FAR; pass++) {
    const rest = tiles.flatMap(
      ({ left, top }) => voteOf(picture, camera, { left, top, channel, share }) ?? [],
    );
    share += agreement(rest).share;
  }
  return { ...fringe, share };
}

/** Top left corner of a square. */
type Tile = { readonly left: number; readonly top: number };

function tilesOf(picture: Picture, camera: Camera): Tile[] {
  const tiles: Tile[] = [];
  for (let top = 2; top + TILE + 1 < picture.height; top += TILE) {
    for (let left = 2; left + TILE + 1 < picture.width; left += TILE) {
      const away = Math.hypot(left + TILE / 2 - camera.centreX, top + TILE / 2 - camera.centreY);
      if (away >= NEAREST * camera.radius) tiles.push({ left, top });
    }
  }
  return tiles;
}

/** At most `count` of these squares, which come row by row: some of each column. */
export function thinnedOut<T extends Tile>(all: readonly T[], count: number): readonly T[] {
  const rows = new Map<number, number>();
  for (const { top } of all) rows.set(top, (rows.get(top) ?? 0) + 1);
  const step = evenStep(Math.max(1, Math.ceil(all.length / count)), Math.max(1, ...rows.values()));
  return all.filter((_, i) => i % step === 0);
}

type Vote = Tile & { readonly share: number; readonly weight: number };

/**
 * Sums for the normal equations of value = a green + s' radial + b: how many, green, radial, value, then
 * the products of green, radial and value with each other.
 */
const SUMS = 10;

/** The sums of a square for red and for blue; none where a pixel is cut off by the sensor. */
function addBoth(
  { width, data }: Picture,
  { centreX, centreY }: Camera,
  at: Tile & {
    readonly step: number;
    readonly sums: { readonly red: Float64Array; readonly blue: Float64Array };
  },
): void {
  const { red, blue } = at.sums;
  red.fill(0);
  blue.fill(0);
  let n = 0;
  let g = 0;
  let p = 0;
  let gg = 0;
  let gp = 0;
  let pp = 0;
  let r = 0;
  let gr = 0;
  let pr = 0;
  let rr = 0;
  let b = 0;
  let gb = 0;
  let pb = 0;
  let bb = 0;
  let redCut = false;
  let blueCut = false;
  const row = 3 * width;
  for (let y = at.top; y < at.top + TILE; y += at.step) {
    const py = y + 0.5 - centreY;
    for (let x = at.left, i = (y * width + x) * 3 + 1; x < at.left + TILE; x++, i += 3) {
      const green = data[i] as number;
      const ofRed = data[i - 1] as number;
      const ofBlue = data[i + 1] as number;
      if (green < DARKEST || green > BRIGHTEST) return;
      redCut ||= ofRed < DARKEST || ofRed > BRIGHTEST;
      blueCut ||= ofBlue < DARKEST || ofBlue > BRIGHTEST;
      if (redCut && blueCut) return;
      const px = x + 0.5 - centreX;
      const radial = px * slope(data, i, 3) + py * slope(data, i, row);
      n++;
      g += green;
      p += radial;
      gg += green * green;
      gp += green * radial;
      pp += radial * radial;
      r += ofRed;
      gr += green * ofRed;
      pr += radial * ofRed;
      rr += ofRed * ofRed;
      b += ofBlue;
      gb += green * ofBlue;
      pb += radial * ofBlue;
      bb += ofBlue * ofBlue;
    }
  }
  if (!redCut) red.set([n, g, p, r, gg, gp, pp, gr, pr, rr]);
  if (!blueCut) blue.set([n, g, p, b, gg, gp, pp, gb, pb, bb]);
}

/** What a square says when `share` is undone already: the channel is read where that puts it. */
function voteOf(
  { width, height, data }: Picture,
  camera: Camera,
  at: Tile & { readonly channel: 0 | 2; readonly share: number },
): Vote | null {
  let [n, g, p, v, gg, gp, pp, gv, pv, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = at.top; y < at.top + TILE; y++) {
    for (let x = at.left; x < at.left + TILE; x++) {
      const i = (y * width + x) * 3 + 1;
      const green = data[i] as number;
      const px = x + 0.5 - camera.centreX;
      const py = y + 0.5 - camera.centreY;
      const across = Math.min(width - 2, Math.max(0, x + at.share * px));
      const down = Math.min(height - 2, Math.max(0, y + at.share * py));
      const j = (Math.floor(down) * width + Math.floor(across)) * 3 + at.channel;
      const value = between(data, j, { across: across % 1, down: down % 1, row: 3 * width });
      if (Math.min(green, value) < DARKEST || Math.max(green, value) > BRIGHTEST) return null;
      const radial = px * slope(data, i, 3) + py * slope(data, i, 3 * width);
      n++;
      g += green;
      p += radial;
      v += value;
      gg += green * green;
      gp += green * radial;
      pp += radial * radial;
      gv += green * value;
      pv += radial * value;
      vv += value * value;
    }
  }
  return solved(Float64Array.of(n, g, p, v, gg, gp, pp, gv, pv, vv), at, camera);
}

/** Solves a square's equations; `null` when it cannot tell. */
function solved(sums: Float64Array, { left, top }: Tile, { radius }: Camera): Vote | null {
  const [n, g, p, v, gg, gp, pp, gv, pv, vv] = sums as unknown as TenNumbers;
  if (n === 0 || pp / n < LEAST_CONTRAST * radius ** 2 * NEAREST ** 2) return null;
  const [cgg, cgp, cpp] = [gg - (g * g) / n, gp - (g * p) / n, pp - (p * p) / n];
  const [cgv, cpv, cvv] = [gv - (g * v) / n, pv - (p * v) / n, vv - (v * v) / n];
  const determinant = cgg * cpp - cgp * cgp;
  if (determinant < 0.05 * cgg * cpp) return null;
  const a = (cpp * cgv - cgp * cpv) / determinant;
  const s = (cgg * cpv - cgp * cgv) / determinant;
  if (a < 0.3 || a > 3) return null;
  const rest = Math.max(cvv - a * cgv - s * cpv, n * 150 ** 2) / n;
  const variance = (rest * cgg) / determinant / (a * a);
  return { left, top, share: -s / a, weight: 1 / (variance + SCATTER ** 2) };
}

type TenNumbers = readonly [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** A value between four pixels, bilinearly. */
function between(
  data: Uint16Array,
  i: number,
  { across, down, row }: { readonly across: number; readonly down: number; readonly row: number },
): number {
  const upper = (data[i] as number) * (1 - across) + (data[i + 3] as number) * across;
  const lower = (data[i + row] as number) * (1 - across) + (data[i + row + 3] as number) * across;
  return upper * (1 - down) + lower * down;
}

/** Derivative exact for polynomials of the fourth degree: two points alone find edges too soft. */
function slope(data: Uint16Array, i: number, step: number): number {
  const near = (data[i + step] as number) - (data[i - step] as number);
  const far = (data[i + 2 * step] as number) - (data[i - 2 * step] as number);
  return (8 * near - far) / 12;
}

/** Places differ by this for reasons of their own (shadows, sharpening, compression). */
const SCATTER = 0.0004;

function agreement(votes: readonly Vote[]): Fringe {
  const sane = votes.filter(({ share }) => Math.abs(share) < LARGEST);
  if (sane.length === 0) return { share: 0, spread: Number.POSITIVE_INFINITY, places: 0 };
  const share = median(sane);
  const around = sane.map((vote) => ({ ...vote, share: Math.abs(vote.share - share) }));
  const total = sane.reduce((sum, { weight }) => sum + weight, 0);
  const squares = sane.reduce((sum, { weight }) => sum + weight * weight, 0);
  // 1.48 turns a median deviation into a standard one; 1.25 is the median's loss against the mean.
  const spread = 1.25 * 1.48 * median(around) * Math.sqrt(squares / (total * total));
  return { share, spread, places: sane.length };
}

/** The share that half of the weight lies below. */
function median(votes: readonly Vote[]): number {
  const sorted = [...votes].sort((a, b) => a.share - b.share);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { share, weight } of sorted) {
    sum += weight;
    if (sum >= half) return share;
  }
  return 0;
}

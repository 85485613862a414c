import type { Picture } from '../pixels/picture.ts';
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

/**
 * Lateral chromatic aberration without a profile. Where red is drawn larger by a share s, it is near every
 * edge red(p) = a green(p) + b - a s (p . grad green(p)), p from the axis. A least-squares fit in every
 * small square gives its own s, free of the colour of things; the squares' weighted median is the lens.
 * That holds for shifts that are small beside the width of edges, so large ones are measured twice.
 * @param channel 0 red, 2 blue
 */
export function measureFringe(picture: Picture, camera: Camera, channel: 0 | 2): Fringe {
  const votes = tilesOf(picture, camera).flatMap(
    (tile) => voteOf(picture, camera, { ...tile, channel, share: 0 }) ?? [],
  );
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

/** At most `count` of them, evenly chosen. */
function thinnedOut<T>(all: readonly T[], count: number): readonly T[] {
  const step = Math.ceil(all.length / count);
  return all.filter((_, i) => i % step === 0);
}

type Vote = Tile & { readonly share: number; readonly weight: number };

/**
 * Sums for the normal equations of value = a green + s' radial + b.
 * @param at `share` is undone already: the channel is read where that puts it
 */
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
      let value = data[i + at.channel - 1] as number;
      if (at.share !== 0) {
        const u = Math.min(width - 2, Math.max(0, x + at.share * px));
        const v = Math.min(height - 2, Math.max(0, y + at.share * py));
        const j = (Math.floor(v) * width + Math.floor(u)) * 3 + at.channel;
        value = between(data, j, { across: u % 1, down: v % 1, row: 3 * width });
      }
      if (Math.min(green, value) < DARKEST || Math.max(green, value) > BRIGHTEST) return null;
      const gx = slope(data, i, 3);
      const gy = slope(data, i, 3 * width);
      const radial = px * gx + py * gy;
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
  if (pp / n < LEAST_CONTRAST * camera.radius ** 2 * NEAREST ** 2) return null;
  const [cgg, cgp, cpp] = [gg - (g * g) / n, gp - (g * p) / n, pp - (p * p) / n];
  const [cgv, cpv, cvv] = [gv - (g * v) / n, pv - (p * v) / n, vv - (v * v) / n];
  const determinant = cgg * cpp - cgp * cgp;
  if (determinant < 0.05 * cgg * cpp) return null;
  const a = (cpp * cgv - cgp * cpv) / determinant;
  const s = (cgg * cpv - cgp * cgv) / determinant;
  if (a < 0.3 || a > 3) return null;
  const rest = Math.max(cvv - a * cgv - s * cpv, n * 150 ** 2) / n;
  const variance = (rest * cgg) / determinant / (a * a);
  const { left, top } = at;
  return { left, top, share: -s / a, weight: 1 / (variance + SCATTER ** 2) };
}

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

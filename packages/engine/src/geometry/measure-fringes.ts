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

/**
 * Lateral chromatic aberration without a profile. Where red is drawn larger by a share s, it is near every
 * edge red(p) = a green(p) + b - a s (p . grad green(p)), p from the axis. A least-squares fit in every
 * small square gives its own s, free of the colour of things; the squares' weighted median is the lens.
 * @param channel 0 red, 2 blue
 */
export function measureFringe(picture: Picture, camera: Camera, channel: 0 | 2): Fringe {
  const votes: Vote[] = [];
  for (let top = 2; top + TILE + 1 < picture.height; top += TILE) {
    for (let left = 2; left + TILE + 1 < picture.width; left += TILE) {
      const away = Math.hypot(left + TILE / 2 - camera.centreX, top + TILE / 2 - camera.centreY);
      if (away < NEAREST * camera.radius) continue;
      const vote = voteOf(picture, camera, { left, top, channel });
      if (vote !== null) votes.push(vote);
    }
  }
  return agreement(votes);
}

type Vote = { readonly share: number; readonly weight: number };

/** Sums for the normal equations of value = a green + s' radial + b. */
function voteOf(
  { width, data }: Picture,
  camera: Camera,
  at: { readonly left: number; readonly top: number; readonly channel: 0 | 2 },
): Vote | null {
  let [n, g, p, v, gg, gp, pp, gv, pv, vv] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
  for (let y = at.top; y < at.top + TILE; y++) {
    for (let x = at.left; x < at.left + TILE; x++) {
      const i = (y * width + x) * 3 + 1;
      const green = data[i] as number;
      const value = data[i + at.channel - 1] as number;
      if (Math.min(green, value) < DARKEST || Math.max(green, value) > BRIGHTEST) return null;
      const gx = slope(data, i, 3);
      const gy = slope(data, i, 3 * width);
      const radial = (x + 0.5 - camera.centreX) * gx + (y + 0.5 - camera.centreY) * gy;
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
  return { share: -s / a, weight: 1 / (variance + SCATTER ** 2) };
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

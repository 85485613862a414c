import type { Camera } from './camera.ts';
import { toRay } from './lens-model.ts';
import { solvePositive } from './rotation.ts';
import type { EdgeChain } from './trace-edges.ts';

/** Distortion as the bends of long edges tell it. */
export type PlumbFit = {
  readonly k1: number;
  /** Standard deviation of k1. */
  readonly spread: number;
  /** What is left of k1, as a share, when the side of the picture that matters most is not heard. */
  readonly least: number;
  /** How many edges more it explains than no distortion would. */
  readonly gain: number;
  /** Edges that took part. */
  readonly edges: number;
};

const NOTHING: PlumbFit = {
  k1: 0,
  spread: Number.POSITIVE_INFINITY,
  least: 0,
  gain: 0,
  edges: 0,
};

/** How far the middle of an edge may lie off for other reasons: pixels, and a share of its length. */
const SAG_PIXELS = 0.15;
const SAG_SHARE = 0.0008;

/** A chain is an edge of a house when it follows its parabola this closely. Pixels. */
const SMOOTH = 0.6;

/** Before any edge is seen: most lenses bend less than 3 % at the corner. */
const USUAL_K1 = 0.03;
const PRIOR = 1 / USUAL_K1 ** 2;

/** Sides of the picture that are heard apart. */
const SIDES = 8;

/** Lenses that bend more are meant to (fisheye). */
const LARGEST_K1 = 0.1;
const GRID = 0.001;

const ROUNDS = 12;
const PASSES = 2;

/**
 * Straight edges that look bent, after Devernay & Faugeras, "Straight lines have to be straight", MVA 2001.
 * A line that passes the axis at distance d, seen through r' = r (1 + k1 r^2), bends by
 * k1 d t^2 / R^2 (t along it, R the unit of r): every edge gives k1 = bend R^2 / d, the better the longer
 * it is and the further out it lies. Bent things are outvoted.
 */
export function fitPlumbLines(chains: readonly EdgeChain[], camera: Camera): PlumbFit {
  let k1 = 0;
  let fit: PlumbFit = NOTHING;
  // The formula holds for small bends: what is left after straightening is measured again.
  for (let pass = 0; pass < PASSES; pass++) {
    const votes = chains.flatMap((chain) => voteOf(straightened(chain, camera, k1), camera) ?? []);
    fit = agree(votes, k1);
    k1 = fit.k1;
  }
  return fit;
}

/** The k1 most edges agree on, when the votes say how far it is from `from`. */
function agree(votes: readonly Vote[], from: number): PlumbFit {
  let change = mostVotes(votes, from);
  let sides = emptySides();
  for (let round = 0; round < ROUNDS; round++) {
    sides = emptySides();
    for (const vote of votes) {
      const off = (vote.value - change) / vote.spread;
      const weight = 1 / (vote.spread * vote.spread * (1 + off * off) ** 2);
      const side = sides[vote.side] as Side;
      side.weight += weight;
      side.pull += weight * (vote.value - change);
    }
    change += -((from + change) * PRIOR - sum(sides, 'pull')) / (PRIOR + sum(sides, 'weight'));
  }
  const k1 = from + change;
  const normal = PRIOR + sum(sides, 'weight');
  // Edges of one side belong to one wall or cupboard and err together.
  const scatter = PRIOR + sides.reduce((total, { pull }) => total + pull * pull, 0);
  const without = sides.map(
    ({ weight, pull }) => (normal * k1 - weight * k1 - pull) / (normal - weight),
  );
  return {
    k1,
    spread: Math.sqrt(scatter) / normal,
    least: Math.min(...without.map((other) => (k1 === 0 ? 0 : other / k1))),
    gain: explained(votes, change) - explained(votes, -from),
    edges: votes.length,
  };
}

/** What the edges on one side of the picture weigh, and how they pull. */
type Side = { weight: number; pull: number };

function emptySides(): Side[] {
  return Array.from({ length: SIDES }, () => ({ weight: 0, pull: 0 }));
}

function sum(sides: readonly Side[], key: keyof Side): number {
  return sides.reduce((total, side) => total + side[key], 0);
}

/** The chain as a lens without distortion would have shown it, on the same axis. */
function straightened(chain: EdgeChain, camera: Camera, k1: number): EdgeChain {
  if (k1 === 0) return chain;
  const { x, y, dx, dy } = chain;
  const along = new Float64Array(chain.along.length);
  const aside = new Float64Array(chain.along.length);
  for (let i = 0; i < along.length; i++) {
    const [t, o] = [chain.along[i] as number, chain.aside[i] as number];
    const [u, v] = toRay({ ...camera, focal: 1 }, k1, [x + t * dx - o * dy, y + t * dy + o * dx]);
    const [px, py] = [u + camera.centreX - x, v + camera.centreY - y];
    along[i] = px * dx + py * dy;
    aside[i] = py * dx - px * dy;
  }
  return { ...chain, along, aside };
}

/** What an edge says k1 is, how surely, and on which side of the axis it lies. */
type Vote = { readonly value: number; readonly spread: number; readonly side: number };

/** How many edges agree with a value, each less the further off it is. */
function explained(votes: readonly Vote[], value: number): number {
  return votes.reduce(
    (total, vote) => total + 1 / (1 + ((vote.value - value) / vote.spread) ** 2),
    0,
  );
}

/** Where most votes lie close together. */
function mostVotes(votes: readonly Vote[], from: number): number {
  let [best, most] = [0, Number.NEGATIVE_INFINITY];
  for (let k1 = -LARGEST_K1; k1 <= LARGEST_K1; k1 += GRID) {
    const change = k1 - from;
    const score = explained(votes, change) - 0.5 * (k1 / USUAL_K1) ** 2;
    if (score > most) [best, most] = [change, score];
  }
  return best;
}

function voteOf(chain: EdgeChain, camera: Camera): Vote | null {
  const { along, aside } = chain;
  const length = (along.at(-1) as number) - (along[0] as number);
  const { bend, rest } = parabola(along, aside);
  if (rest > SMOOTH) return null;
  // The axis' distance from the centre, positive where `aside` points away from it.
  const distance = -(chain.x - camera.centreX) * chain.dy + (chain.y - camera.centreY) * chain.dx;
  if (Math.abs(distance) < camera.radius * 0.05) return null;
  const sag = Math.hypot(SAG_PIXELS, SAG_SHARE * length);
  const scale = camera.radius ** 2 / distance;
  // The direction from the axis to the line.
  const away = Math.atan2(chain.dx * distance, -chain.dy * distance) / Math.PI;
  const side = Math.floor(((away + 1) / 2) * SIDES + 0.5) % SIDES;
  return { value: bend * scale, spread: Math.abs((sag / (length / 2) ** 2) * scale), side };
}

/** Least squares a + b t + c t^2: c, and what is left (root mean square). */
function parabola(along: Float64Array, aside: Float64Array): { bend: number; rest: number } {
  const middle = ((along[0] as number) + (along.at(-1) as number)) / 2;
  const half = ((along.at(-1) as number) - (along[0] as number)) / 2;
  const normal = new Float64Array(9);
  const target = new Float64Array(3);
  const powers = [1, 0, 0];
  for (let i = 0; i < along.length; i++) {
    const t = ((along[i] as number) - middle) / half;
    powers[1] = t;
    powers[2] = t * t;
    for (let a = 0; a < 3; a++) {
      target[a] = (target[a] as number) + (powers[a] as number) * (aside[i] as number);
      for (let b = 0; b < 3; b++)
        normal[a * 3 + b] =
          (normal[a * 3 + b] as number) + (powers[a] as number) * (powers[b] as number);
    }
  }
  const [a = 0, b = 0, c = 0] = solvePositive(normal, target);
  let sum = 0;
  for (let i = 0; i < along.length; i++) {
    const t = ((along[i] as number) - middle) / half;
    sum += ((aside[i] as number) - a - b * t - c * t * t) ** 2;
  }
  return { bend: c / (half * half), rest: Math.sqrt(sum / along.length) };
}

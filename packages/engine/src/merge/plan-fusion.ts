import { createPlane, type Plane } from '../pixels/picture.ts';
import { expandRow, gaussianPyramid, halved, reducePlane } from '../pixels/pyramid.ts';
import type { FusionPlan, Overview } from '../plan/plan.ts';

/**
 * Which exposure a photo takes each band of its detail from. At every level of the Laplacian pyramid the
 * exposures are weighted by how much they show there, and raised together towards what the strongest
 * of them shows: the patch model of Ma et al., "Robust Multi-Exposure Image Fusion: A Structural
 * Patch Decomposition Approach", IEEE TIP 26(5), 2017 (structure weighted with its strength to the
 * fourth power, contrast of the strongest), taken from patches to bands.
 */

/** Exponent of a band's strength. */
const STRENGTH_POWER = 4;

/** How far a level is raised towards the strongest exposure, from fine to coarse; 0 beyond. */
const RAISE = [1, 1, 1, 1, 0.5];

/** No level is raised to more than this: the kernels' weights end at 2. */
const MAX_SUM = 1.9;

/** Strength (0..1) that even a smooth wall has, so that noise alone never decides between exposures. */
const STRENGTH_FLOOR = 0.002;

const GLOBAL_SIGMA = 0.2;
const LOCAL_SIGMA = 0.5;

/**
 * Weights for `fuseOverviews` and for the kernels.
 * @param overviews aligned, one for each of the plan's frames, all of one size
 * @param masks for each overview how far (0..1) it may be used at each pixel; `null`: everywhere
 */
export function planFusion(
  overviews: readonly Overview[],
  masks: readonly (Plane | null)[] | null,
): FusionPlan {
  const [first] = overviews;
  if (first === undefined) throw new RangeError('planFusion needs at least one exposure');
  const { width, height } = first.luma;
  const levels = pyramidLevels(width, height);
  const exposures = overviews.map((overview, k) => ({
    luma: gaussianPyramid(overview.luma, levels),
    merit: gaussianPyramid(exposedness(overview, masks?.[k] ?? null), levels - 1),
  }));
  const weights: Plane[][] = exposures.map(() => []);
  for (let level = 0; level < levels - 1; level++) {
    const shares = bandWeights(exposures, level);
    for (const [k, share] of shares.entries()) {
      const size = exposures[k]?.luma[level];
      if (size !== undefined) weights[k]?.push(expandPlane(share, size));
    }
  }
  const last = exposures.map(({ merit }) => merit[levels - 2] as Plane);
  normalise(last);
  for (const [k, plane] of last.entries()) weights[k]?.push(plane);
  return {
    layers: weights.map((planes, source) => ({ source, curve: null, weights: planes })),
  };
}

/** Number of pyramid levels; the coarsest is one to three pixels on its short side. */
function pyramidLevels(width: number, height: number): number {
  return Math.max(2, Math.floor(Math.log2(Math.min(width, height))));
}

type Exposure = {
  /** Gaussian pyramid of luma. */
  readonly luma: readonly Plane[];
  /** How well exposed, from level 1 on. All values > 0. */
  readonly merit: readonly Plane[];
};

/** SPD-MEF's eq. 10: the exposure of the whole frame and of the place, both against middle grey; half size. */
function exposedness({ picture, luma }: Overview, mask: Plane | null): Plane {
  const mean = luma.data.reduce((sum, value) => sum + value, 0) / luma.data.length;
  const whole = Math.exp(-((mean - 0.5) ** 2) / (2 * GLOBAL_SIGMA ** 2));
  const strongest = createPlane(luma.width, luma.height);
  for (let i = 0, at = 0; i < strongest.data.length; i++, at += 3) {
    strongest.data[i] =
      Math.max(
        picture.data[at] as number,
        picture.data[at + 1] as number,
        picture.data[at + 2] as number,
      ) / 65535;
  }
  const half = reducePlane(strongest);
  const allowed = mask === null ? null : reducePlane(mask);
  for (let i = 0; i < half.data.length; i++) {
    const value = half.data[i] as number;
    const inside = Math.max(0, Math.min(1, value / (8 / 255), (1 - value) / (15 / 255)));
    const local = Math.exp(-((value - 0.5) ** 2) / (2 * LOCAL_SIGMA ** 2));
    const share = allowed === null ? 1 : (allowed.data[i] as number);
    half.data[i] = share * whole * local * (0.02 + 0.98 * inside) + 1e-9;
  }
  return half;
}

/** Weights of every exposure at one level, half as large as the level. */
function bandWeights(exposures: readonly Exposure[], level: number): Plane[] {
  const energies = exposures.map(({ luma }) =>
    bandEnergy(luma[level] as Plane, luma[level + 1] as Plane),
  );
  const merits = exposures.map(({ merit }) => merit[level] as Plane);
  const shares = energies.map(({ width, height }) => createPlane(width, height));
  const raise = RAISE[level] ?? 0;
  const count = energies[0]?.data.length ?? 0;
  const strengths = new Float64Array(energies.length);
  for (let i = 0; i < count; i++) {
    let best = 0;
    for (let k = 0; k < strengths.length; k++) {
      const strength = Math.sqrt(energies[k]?.data[i] as number) + STRENGTH_FLOOR;
      strengths[k] = strength;
      if (strength > best) best = strength;
    }
    let sum = 0;
    let mixed = 0;
    for (let k = 0; k < strengths.length; k++) {
      const strength = strengths[k] as number;
      const weight = (strength / best) ** STRENGTH_POWER * (merits[k]?.data[i] as number);
      (shares[k] as Plane).data[i] = weight;
      sum += weight;
      mixed += weight * strength;
    }
    const factor = Math.min(MAX_SUM, 1 + raise * ((best * sum) / mixed - 1)) / sum;
    for (const { data } of shares) data[i] = (data[i] as number) * factor;
  }
  return shares;
}

/** Mean square of the detail between two levels, as large as the coarser one. */
function bandEnergy(fine: Plane, coarse: Plane): Plane {
  const square = expandPlane(coarse, fine);
  for (let i = 0; i < square.data.length; i++) {
    const detail = (fine.data[i] as number) - (square.data[i] as number);
    square.data[i] = detail * detail;
  }
  return reducePlane(square);
}

function expandPlane(coarse: Plane, size: { width: number; height: number }): Plane {
  const { width, height } = size;
  const out = createPlane(width, height);
  const column = new Float32Array(halved(width));
  for (let y = 0; y < height; y++)
    expandRow(coarse, y, { into: out.data.subarray(y * width, (y + 1) * width), column });
  return out;
}

/** Divides planes in place so that they sum to one at every pixel. */
function normalise(planes: readonly Plane[]): void {
  const count = planes[0]?.data.length ?? 0;
  for (let i = 0; i < count; i++) {
    let sum = 0;
    for (const { data } of planes) sum += data[i] as number;
    for (const { data } of planes) data[i] = (data[i] as number) / sum;
  }
}

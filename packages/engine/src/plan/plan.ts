import type { WhiteBalancePlan } from '../color/plan-white-balance.ts';
import type { DuskPlan } from '../dusk/apply-dusk.ts';
import type { Geometry } from '../geometry/geometry.ts';
import type { LensPlan } from '../geometry/plan-lens.ts';
import type { StepSettings } from '../options/settings.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import type { PrivacyPlan } from '../privacy/plan-privacy.ts';
import type { TonePlan } from '../tone/plan-tone.ts';
import type { WindowPlan } from '../window/window-plan.ts';

/**
 * The engine works in two passes. The first looks at small copies of the exposures (overviews): every
 * step decides there what is to be done, applies it to the small photo under work (`job.picture`, which
 * becomes the preview), and writes its decision into the plan. The second pass carries the plan out at
 * full size, strip by strip, in kernels. What the first pass computes is the reference that the second
 * is tested against.
 *
 * Coordinates everywhere: x to the right, y down, in pixels, pixel (i, j) covers [i, i+1) x [j, j+1),
 * so its centre is (i + 0.5, j + 0.5). Scaling between an overview and full size is then a plain factor.
 */

/** Row-major 3 x 3 matrix, acts on (x, y, 1). */
export type Homography = readonly [
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

/** An exposure, reduced by a whole factor. */
export type Overview = {
  /** Index into `job.frames`. */
  readonly frame: number;
  readonly name: string;
  readonly picture: Picture;
  /** Rec. 709 luma of the sRGB-encoded values, 0..1. */
  readonly luma: Plane;
  /** Full-size pixels per overview pixel: 1, 2, 4, 8 or 16. */
  readonly scale: number;
};

/** A rectangle in full-size pixels. */
export type Rectangle = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
};

/** How one exposure takes part in the photo. */
export type FramePlan = {
  /** Index into `job.frames`. */
  readonly frame: number;
  /** Full-size pixel of the reference -> full-size pixel of this frame; `null`: they lie on each other. */
  readonly toFrame: Homography | null;
};

/**
 * One exposure (or a brightened copy of it) in the fusion:
 * `result_l = sum over layers of weights[l] * Laplacian_l(layer)`.
 */
export type FusionLayer = {
  /** Index into `plan.frames`. */
  readonly source: number;
  /** Luma to luma over 0..1, evenly spaced, for virtual exposures; `null`: as it is. */
  readonly curve: Float32Array | null;
  /**
   * One plane per pyramid level from the plan's scale on, each half as large as the one before (rounded
   * up). Finer levels use the first one, enlarged. Not negative; the sum over layers is 1 at the
   * coarsest level and may be more than 1 at others, to raise detail.
   */
  readonly weights: readonly Plane[];
};

export type FusionPlan = {
  /** Full-size pixels per pixel of the layers' first weights: a power of two, not below the overviews'. */
  readonly scale: number;
  readonly layers: readonly FusionLayer[];
};

/**
 * What the second pass does, in this order. Each part is written by the step of its name; `null` and
 * empty parts have nothing to do.
 */
export type Plan = {
  /** Exposures that take part; set by `align`. */
  frames: readonly FramePlan[];
  /** The part of the reference that all of them saw, in its full-size pixels; set by `align`. */
  area: Rectangle;
  /** Full-size pixels per pixel of the overviews and of `job.picture`. */
  scale: number;
  /** Set by `merge`. */
  fusion: FusionPlan;
  window: WindowPlan | null;
  /** How much (0..1) of each place of the merged photo shows a view; an eighth of the overviews' size. */
  views: Plane | null;
  /** What the lens did, in pixels of the overviews; set by `lens` for `verticals`. */
  lens: LensPlan | null;
  /** Lens, upright and crop, from the photo's pixels to those of `area`; set by the last of both. */
  geometry: Geometry | null;
  whiteBalance: WhiteBalancePlan | null;
  tone: TonePlan | null;
  /** Noise is measured, and taken out where there is any, at full size. */
  denoise: boolean;
  /** Boxes in full-size pixels of the photo. */
  privacy: PrivacyPlan | null;
  sharpen: StepSettings['sharpen'] | null;
  /** Done when the photo has been looked at. */
  dusk: DuskPlan | null;
};

export function emptyPlan(): Plan {
  return {
    frames: [],
    area: { left: 0, top: 0, width: 0, height: 0 },
    scale: 1,
    fusion: { scale: 1, layers: [] },
    window: null,
    views: null,
    lens: null,
    geometry: null,
    whiteBalance: null,
    tone: null,
    denoise: false,
    privacy: null,
    sharpen: null,
    dusk: null,
  };
}

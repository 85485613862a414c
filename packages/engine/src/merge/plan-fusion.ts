import { BASE_SETTINGS } from '../options/presets.ts';
import type { StepSettings } from '../options/settings.ts';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { gaussianPyramid, reducePlane } from '../pixels/pyramid.ts';
import type { FusionLayer, FusionPlan, Overview } from '../plan/plan.ts';
import { added, type Band, expandPlane, measureBand } from './bands.ts';
import { HELD_LEVELS, type Held, holdMore, nothingHeld, rangeOf } from './hold-range.ts';
import { keepOut } from './keep-out.ts';
import { levelOffset, pyramidLevels } from './levels.ts';
import { type Merit, meritOf } from './merit.ts';
import { virtualExposures } from './virtual-exposures.ts';
import { type BandWeights, EXPOSURE_ONLY, ruleAt, weighBand } from './weigh.ts';
import { bent } from './ycc.ts';

export type MergeSettings = Omit<StepSettings['merge'], 'enabled'>;

/** Level, in a picture of the reference size, from which on the range is watched: 8 pixels there. */
const WATCHED_PLACE = 3;

/** An exposure that is black or white in all but this share of its pixels is not used. */
const USEFUL_SHARE = 0.0002;

/** How often the coarse part is tried out. */
const ATTEMPTS = 4;

/**
 * Decides which exposure a photo takes each band of its detail from, as weights for `fuseOverviews` and
 * for the kernels: weigh.ts has the rule, merit.ts what counts as well exposed, and hold-range.ts keeps
 * the sum within what the exposures span.
 * @param overviews aligned, one for each of the plan's frames, all of one size
 * @param masks for each overview how far (0..1) it may be used at each pixel; `null`: everywhere
 */
export function planFusion(
  overviews: readonly Overview[],
  masks: readonly (Plane | null)[] | null,
  settings: MergeSettings = BASE_SETTINGS.merge,
): FusionPlan {
  const [first] = overviews;
  if (first === undefined) throw new RangeError('planFusion needs at least one exposure');
  const { width, height } = first.luma;
  const levels = pyramidLevels(width, height);
  const exposures = keepUseful(
    layersFor(overviews.length, settings).map((layer) => {
      const overview = overviews[layer.source] as Overview;
      return exposureOf(layer, overview, { levels, mask: masks?.[layer.source] ?? null, settings });
    }),
  );
  const weights = weighScene({
    levels,
    offset: levelOffset(width, height),
    detail: settings.detail,
    bracketed: overviews.length > 1,
    lumas: exposures.map(({ lumas }) => lumas),
    merits: exposures.map(({ merit }) => gaussianPyramid(merit.plane, levels - 1)),
  });
  if (masks !== null)
    keepOut(
      weights,
      exposures.map(({ layer }) => masks[layer.source] ?? null),
    );
  const layers = exposures.map(({ layer }, k) => ({ ...layer, weights: weights[k] ?? [] }));
  return { scale: first.scale, layers };
}

type Layer = Omit<FusionLayer, 'weights'>;

type PlannedExposure = {
  readonly layer: Layer;
  /** Gaussian pyramid. */
  readonly lumas: readonly Plane[];
  readonly merit: Merit;
};

function layersFor(count: number, { singleLift }: MergeSettings): Layer[] {
  if (count === 1) return virtualExposures(singleLift).map((curve) => ({ source: 0, curve }));
  return Array.from({ length: count }, (_, source) => ({ source, curve: null }));
}

function exposureOf(
  layer: Layer,
  { picture, luma }: Overview,
  { levels, mask, settings }: { levels: number; mask: Plane | null; settings: MergeSettings },
): PlannedExposure {
  const lumas = gaussianPyramid(bent(luma, layer.curve), levels);
  const exposure = { picture, luma: lumas[1] as Plane, curve: layer.curve, mask };
  const rule = { target: settings.target, exponent: settings.exposedness };
  return { layer, lumas, merit: meritOf(exposure, rule) };
}

/** Exposures that show next to nothing cost as much as others; they are left out while others are there. */
function keepUseful(exposures: readonly PlannedExposure[]): readonly PlannedExposure[] {
  const useful = exposures.filter(({ merit }) => merit.shown > USEFUL_SHARE);
  return useful.length > 0 ? useful : exposures.slice(0, 1);
}

type Scene = {
  readonly levels: number;
  /** See `levelOffset`. */
  readonly offset: number;
  /** Factor on how far detail is raised. */
  readonly detail: number;
  /** Exposures of their own; copies of one photo differ in nothing but exposure, so only that may count. */
  readonly bracketed: boolean;
  /** Gaussian pyramid of each exposure. */
  readonly lumas: readonly (readonly Plane[])[];
  /** How well each is exposed; entry 0 is as large as level 1. */
  readonly merits: readonly (readonly Plane[])[];
};

/** For each exposure one plane per level. */
function weighScene(scene: Scene): Plane[][] {
  const bands: Band[] = [];
  for (let level = 0; level < scene.levels - 1; level++)
    bands.push(measureBand(scene.lumas, level, bands[level - 1] ?? null));
  const watched = Math.max(1, Math.min(scene.levels - 2, Math.round(WATCHED_PLACE + scene.offset)));
  const fine = bands.slice(0, watched).map((band, level) => weighLevel(scene, { level, band }));
  const coarse = weighCoarse(scene, { bands, watched, fine });
  const shares = [...fine, ...coarse];
  return scene.lumas.map((luma, k) =>
    luma.map((size, level) => {
      const share = shares[level]?.weights[k] as Plane;
      return level < scene.levels - 1 ? expandPlane(share, size) : share;
    }),
  );
}

/** Weights of one level, as large as the next coarser one. The coarsest level has no band of its own. */
function weighLevel(
  { levels, offset, detail, bracketed, merits, lumas }: Scene,
  { level, band, tilt }: { level: number; band: Band; tilt?: Plane | undefined },
): BandWeights {
  const size = Math.min(level + 1, levels - 1);
  const rule = bracketed ? ruleAt(level - offset, detail) : EXPOSURE_ONLY;
  const votes = {
    band,
    merits: merits.map((merit) => merit[size - 1] as Plane),
    tilt: tilt === undefined ? null : { by: tilt, lumas: lumas.map((luma) => luma[size] as Plane) },
  };
  return weighBand(votes, level < levels - 1 ? rule : { ...rule, ownPower: 0, raise: 0 });
}

type CoarsePart = {
  readonly bands: readonly Band[];
  /** The first level of this part. */
  readonly watched: number;
  /** Weights of the levels before it. */
  readonly fine: readonly BandWeights[];
};

/** Weights of the levels from `watched` on, tried out until they stay in range. */
function weighCoarse(scene: Scene, { bands, watched, fine }: CoarsePart): BandWeights[] {
  const { lumas, merits } = scene;
  const details = lumas.map((luma) => laplacian(luma.slice(watched)));
  const here = lumas.map((luma) => luma[watched] as Plane);
  const known = {
    lumas: here,
    range: rangeOf(here, (bands[watched - 1] as Band).upToHere),
    merits: merits.map((merit) => merit[watched - 1] as Plane),
    fine: fineDetail(fine),
  };
  let held = nothingHeld(known.fine);
  for (let attempt = 0; ; attempt++) {
    const shares = weighHeld(scene, { bands, watched, held });
    if (attempt === ATTEMPTS || lumas.length === 1) return shares;
    held = holdMore(held, { ...known, blended: blend(details, shares) });
  }
}

function weighHeld(
  scene: Scene,
  { bands, watched, held }: { bands: readonly Band[]; watched: number; held: Held },
): BandWeights[] {
  const { levels } = scene;
  const tilts = gaussianPyramid(held.tilt, levels - watched);
  const holds = gaussianPyramid(held.hold, levels - watched);
  const shares: BandWeights[] = [];
  for (let level = watched; level < levels; level++) {
    const at = Math.min(level + 1, levels - 1) - watched;
    const band = bands[Math.min(level, levels - 2)] as Band;
    const share = weighLevel(scene, { level, band, tilt: tilts[at] });
    if (level < Math.min(levels - 1, watched + HELD_LEVELS))
      for (const weight of share.weights) multiply(weight, holds[at] as Plane);
    shares.push(share);
  }
  return shares;
}

/** Root mean square of all detail of the given levels, as large as the level after them. */
function fineDetail(fine: readonly BandWeights[]): Plane {
  let sum: Plane | null = null;
  for (const { energy } of fine) sum = sum === null ? energy : added(reducePlane(sum), energy);
  if (sum === null) throw new RangeError('the finest level is never watched');
  return { ...sum, data: sum.data.map(Math.sqrt) };
}

function blend(details: readonly (readonly Plane[])[], shares: readonly BandWeights[]): Plane[] {
  return shares.map(({ weights }, level) => {
    const sum = createPlane(details[0]?.[level]?.width ?? 0, details[0]?.[level]?.height ?? 0);
    for (const [k, weight] of weights.entries()) {
      const full = level < shares.length - 1 ? expandPlane(weight, sum) : weight;
      addProduct(sum, full, details[k]?.[level] as Plane);
    }
    return sum;
  });
}

/** Laplacian pyramid of a Gaussian one. */
function laplacian(pyramid: readonly Plane[]): Plane[] {
  return pyramid.map((plane, level) => {
    const coarser = pyramid[level + 1];
    const detail = { ...plane, data: plane.data.slice() };
    if (coarser === undefined) return detail;
    const low = expandPlane(coarser, plane).data;
    for (let i = 0; i < low.length; i++)
      detail.data[i] = (detail.data[i] as number) - (low[i] as number);
    return detail;
  });
}

/** into += a * b */
function addProduct(into: Plane, a: Plane, b: Plane): void {
  for (let i = 0; i < into.data.length; i++)
    into.data[i] = (into.data[i] as number) + (a.data[i] as number) * (b.data[i] as number);
}

/** into *= by */
function multiply(into: Plane, by: Plane): void {
  for (let i = 0; i < into.data.length; i++)
    into.data[i] = (into.data[i] as number) * (by.data[i] as number);
}

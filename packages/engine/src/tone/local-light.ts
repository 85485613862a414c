import { spreadNodes } from './smooth-nodes.ts';
import { smoothStep } from './smooth-step.ts';
import type { ToneSurvey } from './survey-tones.ts';

/** Luma (0..1) of the pale surfaces around each node: what the light there makes of a wall. */
export type LocalLight = Float32Array;

/** Cells over which light is gathered: a tenth of the photo. */
const REACH = 4.8;

/** Weight of the photo's mean light at a node, as a share of the mean weight: where all is coloured it decides. */
const TRUST = 0.15;

/** Largest share by which a slope near black is raised: beyond it there is more noise than room. */
const MOST = 1.6;

/** Below this share of the light around it a thing is dark by itself, and the lift leaves it alone. */
const DARK_SHARE = 0.5;

/** Height, as a share of the photo, down to which ceilings are looked for. */
const CEILING = 0.4;

/** The light around each node. Cubes make the bright parts of a neighbourhood count most. */
export function localLight(survey: ToneSurvey): LocalLight {
  const { columns, rows } = survey;
  const [weights, cubes] = [survey.paleWeights.slice(), survey.paleCubes.slice()];
  const size = { columns, rows, depth: 1 };
  const [totalWeight, totalCube] = [sumOf(weights), sumOf(cubes)];
  if (totalWeight === 0) return new Float32Array(weights.length).fill(1);
  spreadNodes(weights, size, REACH);
  spreadNodes(cubes, size, REACH);
  const added = (TRUST * totalWeight) / weights.length;
  const meanCube = totalCube / totalWeight;
  return cubes.map((cube, node) =>
    Math.cbrt((cube + added * meanCube) / ((weights[node] as number) + added)),
  );
}

/** How much a place is lifted, by its light and its height in the photo. */
export type Lift = {
  /** Luma (0..1) that pale surfaces are lifted towards, and the share of the gap that is closed. */
  readonly target: number;
  readonly strength: number;
};

/**
 * How much the slope near black is raised where the light falls short of the target, more so towards
 * the top (height 0), where dim ceilings are: x -> x (1 + k) / (1 + k x) keeps black, white and the
 * order of all between.
 * @param light as the photo's curve leaves it, 0..1
 */
export function liftFor(light: number, height: number, { target, strength }: Lift): number {
  const ceiling = 1 + 0.4 * (1 - smoothStep(height / CEILING));
  const wanted = light + (target - light) * Math.min(1, strength * ceiling);
  if (wanted <= light) return 0;
  return Math.min(MOST, (wanted - light) / (Math.max(0.02, light) * (1 - wanted)));
}

/** Share of the lift that luma `moved`, as the photo's curve leaves it, gets in that light. */
export function liftShare(moved: number, light: number): number {
  return smoothStep(moved / (DARK_SHARE * Math.max(0.05, light)));
}

function sumOf(values: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum;
}

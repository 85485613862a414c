import type { StepSettings } from '../options/settings.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import { localCurves } from './local-curves.ts';
import { localLight } from './local-light.ts';
import { surveyTones } from './survey-tones.ts';
import { measureRange, type ToneRange, toneCurve } from './tone-curve.ts';

/**
 * Tone curves that change from place to place. Node (i, j) lies at the share i / (columns - 1) of the
 * photo's width and j / (rows - 1) of its height; between nodes and levels values are interpolated.
 */
export type ToneGrid = {
  readonly columns: number;
  readonly rows: number;
  /** Levels per node, evenly spaced over 0..1. */
  readonly levels: number;
  /** Node by node, row by row: what each level becomes, 0..1, rising. */
  readonly values: Float32Array;
};

/** How a photo's brightness and colourfulness are changed; holds for any size of it. */
export type TonePlan = {
  readonly grid: ToneGrid;
  /** Share (0..1) of each place that stays as it is; any size, laid over the whole photo. */
  readonly spared: Plane | null;
  /** Factor on colourfulness. */
  readonly saturation: number;
  /** How far colours grow with their brightness, 0..1, instead of fading as on film. */
  readonly richness: number;
  /** Share by which strong oranges, mostly wood and lamplight, are held back. */
  readonly calm: number;
  /** What was measured, and the exponent of the photo's curve. */
  readonly range: ToneRange;
  readonly gamma: number;
};

/** Share of the lift that a photo from outside goes without: shade under trees is no dim corner. */
const SHADE = 0.5;

/**
 * Decides how the photo becomes as bright, open and colourful as the settings wish.
 * @param spared where (0..1) it is to stay as it is: views whose brightness was set against the room
 */
export function planTone(
  picture: Picture,
  settings: StepSettings['tone'],
  spared: Plane | null = null,
): TonePlan {
  const survey = surveyTones(picture, spared);
  const range = measureRange(survey, settings);
  const { table, gamma } = toneCurve(range, settings);
  const values = localCurves(survey, {
    curve: table,
    light: localLight(survey),
    white: range.white,
    lift: { target: settings.liftTarget, strength: settings.lift * (1 - SHADE * range.outdoors) },
    localContrast: settings.localContrast,
  });
  const { columns, rows, levels } = survey;
  const { saturation, richness, calm } = settings;
  return {
    grid: { columns, rows, levels, values },
    ...{ spared, saturation, richness, calm, range, gamma },
  };
}

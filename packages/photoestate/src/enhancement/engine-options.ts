import { isDeepStrictEqual } from 'node:util';
import type { ListingLight } from '@repo/engine';
import {
  EngineError,
  type EnhanceOptions,
  presetSettings,
  resolveOptions,
} from '@repo/engine/options';
import { z } from 'zod';
import { appError } from '../errors.ts';
import type { Adjustments, AdjustmentValues } from './adjustments.ts';
import type { LightInListing } from './listing-light.ts';
import type { Preset } from './schema.ts';

/** A look and what is changed of it; what it is called changes nothing. */
export interface LookSettings {
  preset: Preset;
  adjustments: Adjustments;
}

/** One step of brightness, as the engine counts it: the luma (0..1) that the middle is moved towards. */
const BRIGHTNESS_STEP = 0.05;

/** White balance that differs by less (stops, log2 against green) is not worth a new version. */
const LIGHT_TOLERANCE = 0.05;

/** What each adjustment is when nobody touches it. */
export function adjustmentsOf(preset: Preset): AdjustmentValues {
  const steps = presetSettings(preset);
  return {
    windows: steps.windowPull.enabled,
    straighten: steps.verticals.enabled,
    lens: steps.lens.enabled,
    denoise: steps.denoise.enabled,
    privacy: steps.privacy.enabled,
    whiteBalance: steps.whiteBalance.enabled ? steps.whiteBalance.strength : 0,
    brightness: 0,
  };
}

/**
 * The same look without adjustments that change nothing, so that two wishes for the same are the same.
 * @throws `validation_failed` with the engine's words
 */
export function settleLook({ preset, adjustments }: LookSettings): LookSettings {
  const own: Record<string, unknown> = adjustmentsOf(preset);
  const changed = Object.entries(adjustments).filter(([name, value]) => value !== own[name]);
  const look = { preset, adjustments: Object.fromEntries(changed) };
  try {
    resolveOptions(engineOptions(look));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw appError('validation_failed', error.message, { cause: error });
  }
  return look;
}

/** What the engine is asked for. */
export function engineOptions({
  preset,
  adjustments,
}: LookSettings): Pick<EnhanceOptions, 'preset' | 'steps'> {
  const { windows, straighten, lens, denoise, privacy, whiteBalance, brightness } = adjustments;
  const tone = presetSettings(preset).tone.brightness;
  const steps = {
    windowPull: windows,
    verticals: straighten,
    lens,
    denoise,
    privacy,
    whiteBalance: whiteBalance === undefined ? undefined : { strength: whiteBalance },
    tone:
      brightness === undefined ? undefined : { brightness: tone + brightness * BRIGHTNESS_STEP },
  };
  const wished = Object.entries(steps).filter(([, wish]) => wish !== undefined);
  return wished.length === 0 ? { preset } : { preset, steps: Object.fromEntries(wished) };
}

/** The same in the light of the listing; a look without white balance is left without. */
export function inListingLight(
  options: Pick<EnhanceOptions, 'preset' | 'steps'>,
  light: ListingLight | undefined,
): Pick<EnhanceOptions, 'preset' | 'steps'> {
  if (light === undefined || !resolveOptions(options).steps.whiteBalance.enabled) return options;
  const own = options.steps?.whiteBalance;
  const whiteBalance = { ...(typeof own === 'object' ? own : {}), ...light };
  return { ...options, steps: { ...options.steps, whiteBalance } };
}

export function isSameLook(
  a: { preset: string; adjustments: Adjustments },
  b: LookSettings,
): boolean {
  return a.preset === b.preset && isDeepStrictEqual(a.adjustments, b.adjustments);
}

/** A version's options as stored, whichever engine they were written for. */
const StoredLight = z.object({
  steps: z.object({
    whiteBalance: z.object({
      lightRed: z.number(),
      lightBlue: z.number(),
      lightWeight: z.number(),
    }),
  }),
});

/**
 * Whether a version in this look was queued with the light that its listing agrees on now. What counts is how
 * far the listing moves the white balance from the scene's own light: another room in the same light gives it
 * more weight, which is hardly seen.
 */
export function isSameLight(
  version: { options: unknown },
  { preset, adjustments }: LookSettings,
  light: LightInListing | undefined,
): boolean {
  const strength = adjustments.whiteBalance ?? adjustmentsOf(preset).whiteBalance;
  const own = light?.own ?? { lightRed: 0, lightBlue: 0 };
  const before = movedBy(StoredLight.safeParse(version.options).data?.steps.whiteBalance, own);
  const now = movedBy(light?.agreed, own);
  const difference = Math.hypot(now.red - before.red, now.blue - before.blue);
  return strength * difference < LIGHT_TOLERANCE;
}

function movedBy(
  light: ListingLight | undefined,
  own: Pick<ListingLight, 'lightRed' | 'lightBlue'>,
): { red: number; blue: number } {
  if (light === undefined) return { red: 0, blue: 0 };
  const { lightRed, lightBlue, lightWeight } = light;
  return {
    red: lightWeight * (lightRed - own.lightRed),
    blue: lightWeight * (lightBlue - own.lightBlue),
  };
}

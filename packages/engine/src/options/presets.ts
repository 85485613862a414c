import type { StepSettings, TunableStep } from './settings.ts';

export const PRESET_NAMES = ['natural', 'bright', 'luxury', 'twilight'] as const;

/**
 * `natural`: true to the room. `bright`: airy listing look. `luxury`: richer, deeper, calmer. `twilight`: the light of
 * dusk, by its brightness and colours alone.
 */
export type PresetName = (typeof PRESET_NAMES)[number];

/** Steps that only run when asked for are off here; presets switch nothing that is not built. */
export const BASE_SETTINGS: StepSettings = {
  align: { enabled: true },
  merge: {
    enabled: true,
    detail: 1,
    exposedness: 1,
    target: 0.5,
    singleLift: 1.2,
  },
  windowPull: { enabled: true },
  lens: { enabled: true, darkening: 0 },
  verticals: { enabled: true, strength: 1 },
  whiteBalance: {
    enabled: true,
    strength: 1,
    maxGain: 2.5,
    lightRed: 0,
    lightBlue: 0,
    lightWeight: 0,
  },
  tone: {
    enabled: true,
    brightness: 0.64,
    strength: 0.8,
    blackClip: 0.15,
    whiteClip: 0.1,
    lift: 0.5,
    liftTarget: 0.8,
    localContrast: 0.1,
    contrast: 0.12,
    saturation: 1.06,
    richness: 0.2,
    calm: 0.12,
  },
  denoise: { enabled: true },
  sky: { enabled: false },
  privacy: { enabled: false, boxes: [] },
  sharpen: { enabled: true, amount: 0.7, radius: 0.8, haloCap: 0.02 },
  dusk: { enabled: false, strength: 1 },
};

type PresetOverrides = { readonly [N in TunableStep]?: Partial<StepSettings[N]> };

/** What each look changes against BASE_SETTINGS. */
export const PRESETS: Readonly<Record<PresetName, PresetOverrides>> = {
  natural: {},
  bright: {
    tone: {
      brightness: 0.71,
      strength: 0.9,
      lift: 0.7,
      liftTarget: 0.87,
      contrast: 0.15,
      saturation: 1.04,
      richness: 0.15,
      calm: 0.16,
    },
  },
  luxury: {
    tone: {
      brightness: 0.57,
      strength: 0.7,
      blackClip: 0.5,
      lift: 0.3,
      liftTarget: 0.74,
      localContrast: 0.25,
      contrast: 0.34,
      saturation: 1.12,
      richness: 0.4,
      calm: 0.05,
    },
    whiteBalance: { strength: 0.85 },
  },
  twilight: {
    tone: { brightness: 0.54, lift: 0.3, contrast: 0.2, saturation: 1.1, richness: 0.3, calm: 0 },
    // Lamplight is what an evening is known by.
    whiteBalance: { strength: 0.7 },
    dusk: { enabled: true },
  },
};

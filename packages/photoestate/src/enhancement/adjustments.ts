import { z } from 'zod';

/** Steps of brightness to either side of the look. */
export const BRIGHTNESS_STEPS = 2;

/** What a photographer may change of a look. What is left out stays as the look has it. */
export const Adjustments = z
  .strictObject({
    /** The view through windows, from the darker exposures. */
    windows: z.boolean(),
    /** Verticals upright. */
    straighten: z.boolean(),
    /** Distortion, fringes and dark corners of the lens. */
    lens: z.boolean(),
    denoise: z.boolean(),
    /** Faces and the like made unrecognisable. */
    privacy: z.boolean(),
    /** How much of the light's colour is taken away, 0..1. */
    whiteBalance: z.number().min(0).max(1),
    /** Steps darker or brighter than the look. */
    brightness: z.int().min(-BRIGHTNESS_STEPS).max(BRIGHTNESS_STEPS),
  })
  .partial();
export type Adjustments = z.infer<typeof Adjustments>;

/** All of them, each with a value. */
export type AdjustmentValues = {
  [N in keyof Adjustments]-?: Exclude<Adjustments[N], undefined>;
};

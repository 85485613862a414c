/**
 * Colour of a light as the camera saw it, in stops against green: `red = log2(R / G)`,
 * `blue = log2(B / G)` of what a neutral surface sends, in scene light (see camera-curve.ts).
 * (0, 0) is the light the camera was balanced for.
 */
export type Light = { readonly red: number; readonly blue: number };

export const NEUTRAL: Light = { red: 0, blue: 0 };

/**
 * Direction of "warmer" in (red, blue): black bodies from 7500 K to 2850 K lie along it in linear
 * sRGB within 0.1 stops (Planck's law with the CIE 1931 observer). What is at right angles to it is
 * the tint: magenta above, green below, the way fluorescent tubes are off.
 */
const WARM_RED = 0.535;
const WARM_BLUE = -0.845;

export function warmthOf({ red, blue }: Light): number {
  return red * WARM_RED + blue * WARM_BLUE;
}

export function tintOf({ red, blue }: Light): number {
  return red * -WARM_BLUE + blue * WARM_RED;
}

export function lightFrom(warmth: number, tint: number): Light {
  return {
    red: warmth * WARM_RED - tint * WARM_BLUE,
    blue: warmth * WARM_BLUE + tint * WARM_RED,
  };
}

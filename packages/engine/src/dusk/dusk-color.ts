import { LUMA_B, LUMA_G, LUMA_R } from '../pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../pixels/srgb.ts';
import { smoothStep } from '../tone/smooth-step.ts';

/** Changes of light in stops. */
type Light = {
  /** Of what is neither lit by a lamp nor one. */
  readonly dim: number;
  /** Its colour: red, green and blue. */
  readonly tint: readonly [number, number, number];
  /** How much of `dim` lamps and what they light go without, 0..1. */
  readonly kept: number;
};

/** Under the open sky, and what windows show of it: the blue hour. */
const OPEN: Light = { dim: -1.7, tint: [-0.5, -0.1, 0.42], kept: 0.65 };

/** In a room, where lamps are what is left: darker, and a little warmer. */
const ROOM: Light = { dim: -1.2, tint: [0.08, 0, -0.2], kept: 0.6 };

/** Shadows of a room take the colour of the sky. */
const SHADOW: readonly [number, number, number] = [-0.16, -0.02, 0.16];

/** Colour of lamplight, on top of what it has. */
const LAMP: readonly [number, number, number] = [0.08, 0, -0.1];

/** Stops of red over blue from which a colour may be lamplight, and from which it surely is. */
const WARM = [0.15, 1.15] as const;

/** Luma of the darkest and of the surely bright. */
const BRIGHT = [0.3, 0.9] as const;

/** Keeps the warmth of what is nearly black from being guessed. */
const DARK = 0.01;

export type DuskColor = {
  /** 0: in a room. 1: under the open sky. */
  readonly open: number;
  /** How far it goes, 0..1. */
  readonly strength: number;
};

/**
 * What dusk makes of a colour, sRGB-encoded, 0..1, written into `into` at `at`. It depends on nothing but the colour
 * and on whether the sky is seen: nothing is painted in.
 */
export function duskColor(
  [red, green, blue]: readonly [number, number, number],
  { open, strength }: DuskColor,
): [number, number, number] {
  const luma = LUMA_R * red + LUMA_G * green + LUMA_B * blue;
  const light = [srgbToLinear(red), srgbToLinear(green), srgbToLinear(blue)] as const;
  const warmth = Math.log2((light[0] + DARK) / (light[2] + DARK));
  const bright = smoothStep((luma - BRIGHT[0]) / (BRIGHT[1] - BRIGHT[0]));
  const lamp = bright * smoothStep((warmth - WARM[0]) / (WARM[1] - WARM[0]));
  const stops = (c: 0 | 1 | 2): number => {
    const room =
      ROOM.dim * (1 - ROOM.kept * lamp) + bright * ROOM.tint[c] + (1 - bright) * SHADOW[c];
    const sky = OPEN.dim * (1 - OPEN.kept * lamp) + OPEN.tint[c] * (1 - lamp);
    return strength * (room + open * (sky - room) + lamp * LAMP[c]);
  };
  const changed = (c: 0 | 1 | 2): number => linearToSrgb(Math.min(1, light[c] * 2 ** stops(c)));
  return [changed(0), changed(1), changed(2)];
}

import { createPlane, type Plane } from '../pixels/picture.ts';
import { srgbToLinear, tabulate } from '../pixels/srgb.ts';
import { toScene } from './camera-curve.ts';
import type { SmallScene } from './small-scene.ts';

/** Colour and brightness of every pixel of a small scene, in scene light. */
export type SceneChroma = {
  readonly width: number;
  readonly height: number;
  /** log2(R / G) and log2(B / G); not a number where the pixel is clipped, crushed or noise. */
  readonly red: Plane;
  readonly blue: Plane;
  /** Scene light over that of the brightest surfaces that are not clipped; may be above 1. */
  readonly brightness: Plane;
};

/** Encoded values outside of this range carry no colour that could be trusted. */
const DARKEST = 0.03;
const BRIGHTEST = 0.975;

/** This share of the pixels is darker than "the brightest surfaces". */
const WHITE_SHARE = 0.97;

/** Rough share of each channel in brightness; blue counts more than in luma, as lamps starve it. */
const PART_RED = 0.25;
const PART_GREEN = 0.6;
const PART_BLUE = 0.15;

/** Scene light of encoded values, and its logarithm to base 2. */
const CODES = 4096;
const SCENE = tabulate(CODES + 1, (value) => toScene(srgbToLinear(value)));
const STOPS = SCENE.map((light) => Math.log2(light));

export function sceneChroma(scene: SmallScene): SceneChroma {
  const { width, height } = scene;
  const [red, blue, brightness] = [
    createPlane(width, height),
    createPlane(width, height),
    createPlane(width, height),
  ] as const;
  const histogram = new Uint32Array(CODES);
  for (let i = 0; i < width * height; i++) {
    const r = scene.red.data[i] as number;
    const g = scene.green.data[i] as number;
    const b = scene.blue.data[i] as number;
    if ((scene.top.data[i] as number) > BRIGHTEST || Math.min(r, g, b) < DARKEST) {
      red.data[i] = Number.NaN;
      blue.data[i] = Number.NaN;
      continue;
    }
    const green = readAt(STOPS, g);
    red.data[i] = readAt(STOPS, r) - green;
    blue.data[i] = readAt(STOPS, b) - green;
    const light =
      PART_RED * readAt(SCENE, r) + PART_GREEN * readAt(SCENE, g) + PART_BLUE * readAt(SCENE, b);
    brightness.data[i] = light;
    const bin = Math.min(CODES - 1, Math.sqrt(light) * CODES) | 0;
    histogram[bin] = (histogram[bin] as number) + 1;
  }
  const scale = 1 / whiteLevel(histogram);
  for (let i = 0; i < brightness.data.length; i++)
    brightness.data[i] = (brightness.data[i] as number) * scale;
  return { width, height, red, blue, brightness };
}

/** What a table says of an encoded value, between its entries. */
function readAt(table: Float32Array, value: number): number {
  const place = value * CODES;
  const index = Math.min(CODES - 1, place | 0);
  const low = table[index] as number;
  return low + ((table[index + 1] as number) - low) * (place - index);
}

function whiteLevel(histogram: Uint32Array): number {
  let total = 0;
  for (let i = 0; i < CODES; i++) total += histogram[i] as number;
  let below = 0;
  let bin = 0;
  while (bin < CODES - 1 && below + (histogram[bin] as number) < total * WHITE_SHARE)
    below += histogram[bin++] as number;
  return ((bin + 0.5) / CODES) ** 2;
}

import { LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import type { Mask } from './morphology.ts';

/**
 * Half of the colour that the light outside has against the room's, as Cb and Cr per luma. A room
 * balanced for lamps has a view in which even the least blue things are blue; a sky is no reason:
 * trees, roofs and walls below it are not. Light of the day and of lamps differs along blue and
 * yellow, so nothing is ever made less green.
 */
const STRENGTH = 0.5;

/** Share of the view that must be beyond, on either side. */
const LEAST_BLUE = 0.25;

/** Cr for a Cb of 1 along the line from daylight to lamplight (sRGB, 3000 to 9000 K). */
const CR_PER_CB = -0.85;

/** Largest Cb per luma that is taken off. */
const MOST = 0.05;

/** Encoded luma between which colour can be told. */
const USABLE_FROM = 0.12;
const USABLE_TO = 0.9;

/** Pixels needed, and looked at. */
const FEWEST_PIXELS = 100;
const SAMPLES = 4000;

/** The exposure of the view, and which of its pixels show it. */
export type ViewPart = {
  readonly picture: Picture;
  readonly mask: Mask;
  /** Pixels of the picture per pixel of the mask, in each direction. */
  readonly factor: number;
  /** Place of the mask's first pixel, in its pixels. */
  readonly left: number;
  readonly top: number;
};

/** @returns Cb and Cr per luma to take off the view */
export function viewCast(view: ViewPart, photo: Picture): readonly [cb: number, cr: number] {
  const [outside, inside] = [bluesOfView(view), bluesOfPhoto(photo)];
  if (outside.length < FEWEST_PIXELS || inside.length < FEWEST_PIXELS) return [0, 0];
  const usual = inside[inside.length >> 1] ?? 0;
  const at = (share: number) => outside[Math.floor(share * (outside.length - 1))] ?? 0;
  // A room that is blue as well is left to the white balance of the whole photo.
  const bluer = Math.max(0, at(LEAST_BLUE) - Math.max(0, usual));
  const yellower = Math.min(0, at(1 - LEAST_BLUE) - Math.min(0, usual));
  const cb = Math.min(MOST, Math.max(-MOST, STRENGTH * (bluer + yellower)));
  return [cb, CR_PER_CB * cb];
}

function bluesOfView({ picture, mask, factor, left, top }: ViewPart): Float32Array {
  const places: number[] = [];
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === 0) continue;
    const x = i % mask.width;
    const y = (i - x) / mask.width;
    places.push(((y + top) * factor * picture.width + (x + left) * factor) * 3);
  }
  return bluesAt(picture, places);
}

function bluesOfPhoto(photo: Picture): Float32Array {
  const step = Math.max(1, Math.floor(photo.data.length / 3 / SAMPLES));
  const places: number[] = [];
  for (let i = 0; 3 * i < photo.data.length; i += step) places.push(3 * i);
  return bluesAt(photo, places);
}

/** Cb per luma of some thousand usable pixels, the least first. */
function bluesAt({ data }: Picture, places: readonly number[]): Float32Array {
  const step = Math.max(1, Math.floor(places.length / SAMPLES));
  const blues = new Float32Array(Math.ceil(places.length / step));
  let count = 0;
  for (let i = 0; i < places.length; i += step) {
    const at = places[i] as number;
    const blue = data[at + 2] as number;
    const luma = LUMA_R * (data[at] as number) + LUMA_G * (data[at + 1] as number) + LUMA_B * blue;
    if (luma < USABLE_FROM * 65535 || luma > USABLE_TO * 65535) continue;
    blues[count++] = (blue - luma) / (1.8556 * luma);
  }
  return blues.subarray(0, count).sort();
}

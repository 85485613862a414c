import { LUMA_B, LUMA_G, LUMA_R, type Picture } from '../pixels/picture.ts';
import type { Mask } from './morphology.ts';

/**
 * Half of the colour that the light outside has against the room's balance, as Cb and Cr per luma.
 * A room balanced for lamps has a view in which even the least blue things are blue; a sky is no
 * reason: trees, roofs and walls below it are not. Light of the day and of lamps differs along blue
 * and yellow, so nothing is ever made less green.
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

const FEWEST_PIXELS = 100;

/** A picture and the pixels of it that are looked at, one for `factor` x `factor` of them. */
export type Part = {
  readonly picture: Picture;
  readonly mask: Mask;
  /** 1 or 0: the value of the mask there. */
  readonly value: number;
  readonly factor: number;
};

/** @returns Cb and Cr per luma to take off the view */
export function viewCast(view: Part, room: Part): readonly [cb: number, cr: number] {
  const [outside, inside] = [bluesOf(view), bluesOf(room)];
  if (outside.length < FEWEST_PIXELS || inside.length < FEWEST_PIXELS) return [0, 0];
  const usual = inside[inside.length >> 1] ?? 0;
  const at = (share: number) => outside[Math.floor(share * (outside.length - 1))] ?? 0;
  // A room that is blue as well is left to the white balance of the whole photo.
  const bluer = Math.max(0, at(LEAST_BLUE) - Math.max(0, usual));
  const yellower = Math.min(0, at(1 - LEAST_BLUE) - Math.min(0, usual));
  const cb = Math.min(MOST, Math.max(-MOST, STRENGTH * (bluer + yellower)));
  return [cb, CR_PER_CB * cb];
}

/** Cb per luma of the usable pixels, the least first. */
function bluesOf({ picture, mask, value, factor }: Part): number[] {
  const blues: number[] = [];
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] !== value) continue;
    const x = i % mask.width;
    const at = (((i - x) / mask.width) * picture.width + x) * factor * 3;
    const [r, g, b] = [
      picture.data[at] as number,
      picture.data[at + 1] as number,
      picture.data[at + 2] as number,
    ];
    const luma = LUMA_R * r + LUMA_G * g + LUMA_B * b;
    if (luma > USABLE_FROM * 65535 && luma < USABLE_TO * 65535)
      blues.push((b - luma) / (1.8556 * luma));
  }
  return blues.sort((a, b) => a - b);
}

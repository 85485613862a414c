import { applyWhiteBalance } from '../../../packages/engine/src/color/apply-white-balance.ts';
import { srgbToLab } from '../../../packages/engine/src/color/ciede2000.ts';
import type { Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { type Photo, plan } from './photos.ts';

/** A place in a photo, as shares of its width and height. */
type Place = readonly [x: number, y: number];

/**
 * Things that are white whatever the light: ceilings, ceramics, appliances, linen, white doors.
 * Marked by hand in the house photos; the surface prior was weighed with them in sight.
 */
const KNOWN_WHITES: Readonly<Record<string, readonly Place[]>> = {
  '101_bathroom': [[0.42, 0.76]],
  '101_kitchen': [
    [0.79, 0.76],
    [0.3, 0.06],
  ],
  '102_bedroom': [
    [0.35, 0.05],
    [0.15, 0.09],
  ],
  '102_kitchen': [
    [0.6, 0.37],
    [0.1, 0.12],
  ],
  '105_bathroom': [[0.75, 0.69]],
  '106_kitchen': [[0.31, 0.06]],
  '111_bedroom': [
    [0.46, 0.62],
    [0.2, 0.08],
  ],
  '113_bedroom': [[0.6, 0.08]],
  '113_kitchen': [[0.4, 0.1]],
  '114_bedroom': [
    [0.2, 0.05],
    [0.45, 0.85],
  ],
  '115_bathroom': [[0.22, 0.8]],
  '116_bedroom': [
    [0.5, 0.14],
    [0.82, 0.85],
  ],
  '116_kitchen': [[0.5, 0.06]],
  '118_bathroom': [[0.18, 0.765]],
  '119_bathroom': [
    [0.14, 0.6],
    [0.5, 0.76],
  ],
  '120_kitchen': [[0.25, 0.64]],
  '122_bedroom': [[0.04, 0.55]],
  '124_bathroom': [[0.39, 0.9]],
  '185_bathroom': [[0.75, 0.66]],
  '185_kitchen': [[0.25, 0.93]],
  '257_bedroom': [
    [0.25, 0.3],
    [0.08, 0.62],
  ],
  '46_bedroom': [[0.45, 0.75]],
  '81_bathroom': [
    [0.45, 0.05],
    [0.2, 0.04],
  ],
  '82_bathroom': [[0.48, 0.93]],
  '86_bathroom': [
    [0.15, 0.78],
    [0.48, 0.8],
  ],
  '86_kitchen': [[0.3, 0.06]],
  '87_bedroom': [[0.545, 0.42]],
  '88_bathroom': [[0.36, 0.93]],
  '91_bedroom': [
    [0.85, 0.66],
    [0.5, 0.68],
  ],
  '91_kitchen': [
    [0.5, 0.06],
    [0.74, 0.73],
  ],
  '92_bedroom': [[0.4, 0.1]],
  '94_bathroom': [[0.48, 0.95]],
  '94_kitchen': [
    [0.3, 0.66],
    [0.3, 0.06],
  ],
  '97_bedroom': [
    [0.8, 0.5],
    [0.3, 0.06],
  ],
  '97_kitchen': [[0.5, 0.08]],
};

/** Half the side of a patch, as a share of the photo's width. */
const HALF = 0.012;

export type WhiteResult = {
  readonly name: string;
  /** Chroma C*ab of the patch before and after. */
  readonly before: number;
  readonly after: number;
  /** b* after: below zero the white is blue. */
  readonly blueAfter: number;
};

export function measureWhites(photos: readonly Photo[]): readonly WhiteResult[] {
  return photos.flatMap(({ name, picture }) => {
    const places = KNOWN_WHITES[name.replace('.jpg', '')];
    if (places === undefined) return [];
    const balanced = applyWhiteBalance(picture, plan(picture));
    return places.map((place) => {
      const [before, after] = [patchAt(picture, place), patchAt(balanced, place)];
      return {
        name,
        before: Math.hypot(before[1], before[2]),
        after: Math.hypot(after[1], after[2]),
        blueAfter: after[2],
      };
    });
  });
}

/** L*a*b* of the patch's mean. */
function patchAt({ width, height, data }: Picture, [x, y]: Place) {
  const reach = Math.max(1, Math.round(HALF * width));
  const sums: [number, number, number] = [0, 0, 0];
  let count = 0;
  for (let dy = -reach; dy < reach; dy++) {
    for (let dx = -reach; dx < reach; dx++) {
      const column = Math.min(width - 1, Math.max(0, Math.floor(x * width) + dx));
      const row = Math.min(height - 1, Math.max(0, Math.floor(y * height) + dy));
      const at = (row * width + column) * 3;
      for (const c of [0, 1, 2] as const) sums[c] += (data[at + c] as number) / 65535;
      count++;
    }
  }
  return srgbToLab(sums[0] / count, sums[1] / count, sums[2] / count);
}

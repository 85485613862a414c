import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { applyWhiteBalance } from '../../../packages/engine/src/color/apply-white-balance.ts';
import { ciede2000, srgbToLab } from '../../../packages/engine/src/color/ciede2000.ts';
import type { Light } from '../../../packages/engine/src/color/light.ts';
import { gainsFor } from '../../../packages/engine/src/color/mapping.ts';
import { NO_BALANCE } from '../../../packages/engine/src/color/plan-white-balance.ts';
import { createPicture, type Picture } from '../../../packages/engine/src/pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../../../packages/engine/src/pixels/srgb.ts';
import { mean, plan, readPicture } from './photos.ts';

const FOLDER = join('wb_pairs', 'dataset');

/** How the right rendering is called; the letter before is the preset, what follows the picture style. */
const TRUTH = 'G_AS';

/** Every so many pixels one is compared. */
const STEP = 7;

/** Means of dE00 over one picture. */
export type PairResult = {
  /** Preset and picture style, e.g. S_CS. */
  readonly name: string;
  /** The ground truth's own picture style: nothing but the balance differs. */
  readonly sameStyle: boolean;
  readonly blind: number;
  /** Differences of lightness left out: another picture style is not another light. */
  readonly blindChroma: number;
  /** With the best light for this mapping, found by looking at the ground truth. */
  readonly lightGiven: number;
  readonly untouched: number;
  readonly grayWorld: number;
};

export async function measurePairs(data: string): Promise<readonly PairResult[]> {
  const files = (await readdir(join(data, FOLDER))).filter((file) => file.endsWith('.png')).sort();
  const truthFile = files.find((file) => file.includes(TRUTH)) ?? '';
  const truth = await readPicture(join(data, FOLDER, truthFile));
  const results: PairResult[] = [];
  for (const file of files.filter((other) => other !== truthFile)) {
    const picture = await readPicture(join(data, FOLDER, file));
    const decided = plan(picture);
    const balanced = applyWhiteBalance(picture, decided);
    const name = file.slice(-8, -4);
    results.push({
      name,
      sameStyle: name.endsWith(TRUTH.slice(1)),
      blind: difference(balanced, truth),
      blindChroma: difference(balanced, truth, true),
      lightGiven: bestLight(picture, truth, decided.estimate.light),
      untouched: difference(picture, truth),
      grayWorld: difference(grayWorld(picture), truth),
    });
  }
  return results;
}

/** Mean dE00 over the whole picture, the covered colour chart (black in all of them) included. */
function difference(one: Picture, other: Picture, sameLightness = false): number {
  const values: number[] = [];
  for (let at = 0; at < one.data.length; at += 3 * STEP) {
    const [a, b] = [labAt(one, at), labAt(other, at)];
    values.push(ciede2000(sameLightness ? [b[0], a[1], a[2]] : a, b));
  }
  return mean(values);
}

function labAt({ data }: Picture, at: number) {
  const value = (c: number): number => (data[at + c] as number) / 65535;
  return srgbToLab(value(0), value(1), value(2));
}

/** Walks downhill in ever smaller steps. */
function bestLight(picture: Picture, truth: Picture, from: Light): number {
  const errorOf = (light: Light): number =>
    difference(applyWhiteBalance(picture, { ...NO_BALANCE, gains: [gainsFor(light)] }), truth);
  let [light, error] = [from, errorOf(from)];
  for (let step = 0.16; step > 0.015; ) {
    const tries = NEIGHBOURS.map(([red, blue]) => {
      const next = { red: light.red + red * step, blue: light.blue + blue * step };
      return { next, error: errorOf(next) };
    });
    const best = tries.reduce((a, b) => (b.error < a.error ? b : a));
    if (best.error < error) [light, error] = [best.next, best.error];
    else step /= 2;
  }
  return error;
}

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const;

/** Buchsbaum 1980, on linear light, green kept. */
function grayWorld(picture: Picture): Picture {
  const { width, height, data } = picture;
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++)
    sums[i % 3] = (sums[i % 3] ?? 0) + srgbToLinear((data[i] as number) / 65535);
  const out = createPicture(width, height);
  for (let i = 0; i < data.length; i++) {
    const linear = srgbToLinear((data[i] as number) / 65535);
    const gain = (sums[1] ?? 1) / (sums[i % 3] ?? 1);
    out.data[i] = 65535 * linearToSrgb(Math.min(1, linear * gain));
  }
  return out;
}

import { srgbToLinear, tabulate } from '../pixels/srgb.ts';
import type { SmallView } from './small-view.ts';

export type Cast = {
  /** Colour of surfaces that are grey in the reference or in the result: distance from grey in log2 chroma. */
  readonly colorCast: number;
  /** By how much that is more than it was in the reference. */
  readonly castAdded: number;
};

/** Distance from grey in log2 chroma up to which a surface of the reference may be a grey one. */
const NEARLY_GREY = 0.8;

const DARKEST = 0.15;
const BRIGHTEST = 0.93;

/** Pale and dark greys have an opinion; the palest tenth of a photo is mostly walls and ceilings. */
const LEAST_PIXELS = 400;

/** The colour of what ought to be grey. 0.1 is just visible. */
export function castOf(result: SmallView, reference: SmallView): Cast {
  const linear = tabulate(65536, srgbToLinear);
  const [after, before] = [result.picture.data, reference.picture.data];
  const luma = reference.luma.data;
  const sums = { red: 0, blue: 0, redBefore: 0, blueBefore: 0, weight: 0, count: 0 };
  for (let i = 0; i < luma.length; i++) {
    const brightness = luma[i] as number;
    if (brightness < DARKEST || brightness > BRIGHTEST) continue;
    const [redBefore, blueBefore] = chromaAt(before, i, linear);
    const distance = Math.hypot(redBefore, blueBefore);
    if (distance > NEARLY_GREY) continue;
    const [red, blue] = chromaAt(after, i, linear);
    const weight = brightness * Math.exp(-((distance / (NEARLY_GREY / 2)) ** 2));
    sums.red += weight * red;
    sums.blue += weight * blue;
    sums.redBefore += weight * redBefore;
    sums.blueBefore += weight * blueBefore;
    sums.weight += weight;
    sums.count++;
  }
  if (sums.count < LEAST_PIXELS) return { colorCast: 0, castAdded: 0 };
  const colorCast = Math.hypot(sums.red, sums.blue) / sums.weight;
  const was = Math.hypot(sums.redBefore, sums.blueBefore) / sums.weight;
  return { colorCast, castAdded: colorCast - was };
}

function chromaAt(data: Uint16Array, i: number, linear: Float32Array): [red: number, blue: number] {
  const green = Math.max(1e-4, linear[data[3 * i + 1] as number] as number);
  return [
    Math.log2(Math.max(1e-4, linear[data[3 * i] as number] as number) / green),
    Math.log2(Math.max(1e-4, linear[data[3 * i + 2] as number] as number) / green),
  ];
}

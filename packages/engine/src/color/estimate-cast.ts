import type { Picture } from '../pixels/picture.ts';
import { srgbToLinear, tabulate } from '../pixels/srgb.ts';

/** Light colour in linear RGB, green = 1; (1, 1, 1) is neutral. */
export type LightColor = readonly [red: number, green: number, blue: number];

export type CastEstimate = {
  readonly light: LightColor;
  /** Share 0..1 of the measured pixels that would be near neutral under this light. */
  readonly confidence: number;
  /**
   * Share 0..1 of those pixels that are alike in colour and brightness. High when a single painted
   * wall or a sky was all there was to go by.
   */
  readonly uniformity: number;
};

/** Pixels measured at most; more change the estimate by less than a thousandth. */
const SAMPLES = 250_000;

/** Samples outside this encoded range are noise or clipped and carry no colour. */
const DARKEST = 0.08;
const BRIGHTEST = 0.965;

/** Minkowski norm: 6 in Finlayson & Trezzi, "Shades of Gray and Colour Constancy", CIC 2004. */
const NORM = 6;

/** How far from neutral, in log2 chroma, a surface may be and still vote for the light. */
const NEUTRAL_SIGMA = 0.22;
const ROUNDS = 8;

/**
 * Estimates the colour of the light. Shades-of-gray and gray-edge (van de Weijer, Gevers & Gijsenij,
 * "Edge-Based Color Constancy", TIP 2007) give a start; then surfaces near neutral under it vote
 * again, brighter ones louder. A wooden floor or a red sofa loses its vote that way, walls and
 * ceilings keep theirs.
 */
export function estimateCast(picture: Picture): CastEstimate {
  const samples = collectSamples(picture);
  if (samples.count < 64) return { light: [1, 1, 1], confidence: 0, uniformity: 1 };
  const start = blendLights(
    shadesOfGray(samples.values, samples.count),
    grayEdge(samples.values, samples.count),
  );
  return refine(samples, start);
}

type Samples = {
  /** Linear RGB triples in reading order. */
  readonly values: Float32Array;
  readonly count: number;
};

function collectSamples(picture: Picture): Samples {
  const { width, height, data } = picture;
  const step = Math.max(1, Math.round(Math.sqrt((width * height) / SAMPLES)));
  const values = new Float32Array(Math.ceil(width / step) * Math.ceil(height / step) * 3);
  const linear = tabulate(65536, srgbToLinear);
  let count = 0;
  for (let y = 0; y < height; y += step) {
    for (let x = 0; x < width; x += step) {
      const at = (y * width + x) * 3;
      const [r, g, b] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
      const top = Math.max(r, g, b);
      if (top < DARKEST * 65535 || top > BRIGHTEST * 65535) continue;
      values[count * 3] = linear[r] as number;
      values[count * 3 + 1] = linear[g] as number;
      values[count * 3 + 2] = linear[b] as number;
      count++;
    }
  }
  return { values, count };
}

function shadesOfGray(values: Float32Array, count: number): LightColor {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < count * 3; i += 3) {
    sums[0] += (values[i] as number) ** NORM;
    sums[1] += (values[i + 1] as number) ** NORM;
    sums[2] += (values[i + 2] as number) ** NORM;
  }
  return rooted(sums);
}

function grayEdge(values: Float32Array, count: number): LightColor {
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 3; i < count * 3; i += 3) {
    sums[0] += Math.abs((values[i] as number) - (values[i - 3] as number)) ** NORM;
    sums[1] += Math.abs((values[i + 1] as number) - (values[i - 2] as number)) ** NORM;
    sums[2] += Math.abs((values[i + 2] as number) - (values[i - 1] as number)) ** NORM;
  }
  return rooted(sums);
}

function rooted(sums: LightColor): LightColor {
  const green = Math.max(1e-9, sums[1] ** (1 / NORM));
  return [
    Math.max(1e-6, sums[0] ** (1 / NORM) / green),
    1,
    Math.max(1e-6, sums[2] ** (1 / NORM) / green),
  ];
}

function blendLights(a: LightColor, b: LightColor): LightColor {
  return [Math.sqrt(a[0] * b[0]), 1, Math.sqrt(a[2] * b[2])];
}

function refine(samples: Samples, start: LightColor): CastEstimate {
  // Cameras have already balanced the frame once, so the search starts half way to neutral.
  let red = Math.log2(start[0]) / 2;
  let blue = Math.log2(start[2]) / 2;
  let confidence = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const vote = neutralVote(samples, red, blue);
    red = vote.red;
    blue = vote.blue;
    confidence = vote.share;
  }
  return {
    light: [2 ** red, 1, 2 ** blue],
    confidence,
    uniformity: uniformity(samples, red, blue),
  };
}

/** Cells of likeness: half a stop of brightness, and a chroma step that is just visible. */
const STOP_CELL = 0.5;
const CHROMA_CELL = 0.1;

/** Share of the vote that falls into the fullest cell of brightness and chroma. */
function uniformity({ values, count }: Samples, red: number, blue: number): number {
  const cells = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < count * 3; i += 3) {
    const { green, u, v } = chromaAt(values, i);
    const weight = voteOf(green, (u - red) ** 2 + (v - blue) ** 2);
    const stop = Math.round(Math.log2(green) / STOP_CELL);
    const [du, dv] = [Math.round((u - red) / CHROMA_CELL), Math.round((v - blue) / CHROMA_CELL)];
    const cell = (stop * 1000 + du) * 1000 + dv;
    cells.set(cell, (cells.get(cell) ?? 0) + weight);
    total += weight;
  }
  return total === 0 ? 1 : Math.max(...cells.values()) / total;
}

function chromaAt(values: Float32Array, i: number): { green: number; u: number; v: number } {
  const green = Math.max(1e-5, values[i + 1] as number);
  return {
    green,
    u: Math.log2(Math.max(1e-5, values[i] as number) / green),
    v: Math.log2(Math.max(1e-5, values[i + 2] as number) / green),
  };
}

/** Weight of a sample by its brightness and its squared distance from neutral. */
function voteOf(green: number, distance: number): number {
  return green * Math.exp(-distance / (2 * NEUTRAL_SIGMA ** 2));
}

/** Mean log2 chroma of the samples, each weighted by its closeness to (red, blue) and its brightness. */
function neutralVote(
  samples: Samples,
  red: number,
  blue: number,
): { red: number; blue: number; share: number } {
  const { values, count } = samples;
  const [sum, total] = [{ red: 0, blue: 0, weight: 0 }, { weight: 0 }];
  for (let i = 0; i < count * 3; i += 3) {
    const { green, u, v } = chromaAt(values, i);
    const weight = voteOf(green, (u - red) ** 2 + (v - blue) ** 2);
    sum.red += weight * u;
    sum.blue += weight * v;
    sum.weight += weight;
    total.weight += green;
  }
  if (sum.weight === 0) return { red, blue, share: 0 };
  return {
    red: sum.red / sum.weight,
    blue: sum.blue / sum.weight,
    share: sum.weight / total.weight,
  };
}

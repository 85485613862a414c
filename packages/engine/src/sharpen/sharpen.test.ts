import { describe, expect, it } from 'vitest';
import { presetSettings } from '../options/resolve-options.ts';
import type { Picture } from '../pixels/picture.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { applySharpen } from './apply-sharpen.ts';
import { blurWeights, planSharpen, type SharpenPlan } from './plan-sharpen.ts';

const plan: SharpenPlan = { amount: 1, sigma: 1, threshold: 0.004, haloCap: 0.02 };

function sharpened(picture: Picture, changes: Partial<SharpenPlan> = {}): Picture {
  const copy = { ...picture, data: picture.data.slice() };
  applySharpen(copy, { ...plan, ...changes });
  return copy;
}

const grey = (value: number): [number, number, number] => [value, value, value];
const softEdge = pictureOf(60, 30, (x) => grey(0.3 + 0.4 / (1 + Math.exp(-2 * (x - 30)))));

function steepest({ data }: Picture): number {
  let best = 0;
  for (let x = 1; x < 60; x++)
    best = Math.max(best, (data[(15 * 60 + x) * 3] ?? 0) - (data[(15 * 60 + x - 1) * 3] ?? 0));
  return best;
}

describe('sharpening', () => {
  it('steepens an edge', () => {
    expect(steepest(sharpened(softEdge))).toBeGreaterThan(1.15 * steepest(softEdge));
  });

  it('keeps the rim beside a hard edge under the cap', () => {
    const edge = pictureOf(60, 30, (x) => grey(x < 30 ? 0.3 : 0.7));
    for (const code of sharpened(edge, { amount: 2 }).data)
      expect(Math.abs(code / 65_535 - 0.5)).toBeLessThan(0.2 + 0.02 + 1e-3);
  });

  it('clips no channel of a strong colour and keeps its chroma', () => {
    const edge = pictureOf(60, 30, (x) => (x < 30 ? [0.9, 0.1, 0.1] : [0.985, 0.3, 0.3]));
    const { data } = sharpened(edge, { amount: 2 });
    expect(Math.max(...data)).toBeLessThan(253.5 * 257);
    for (let i = 0; i < data.length; i += 3) {
      const range = (data[i] ?? 0) - (data[i + 1] ?? 0);
      expect(Math.abs(range - (edge.data[i] ?? 0) + (edge.data[i + 1] ?? 0))).toBeLessThan(2);
    }
  });

  it('leaves a wall and its grain exactly as they are', () => {
    const random = createRandom(6);
    // Grain of +-0.002: no difference from its neighbours' mean exceeds the threshold.
    const wall = pictureOf(60, 30, () => grey(0.6 + 0.004 * (random() - 0.5)));
    expect(sharpened(wall).data).toEqual(wall.data);
  });

  it('does to a single bright pixel what the formula says', () => {
    const spot = pictureOf(9, 9, (x, y) => grey(x === 4 && y === 4 ? 0.5 : 0.4));
    // Weights of sigma 1 in 5 x 5: the middle keeps w0 ** 2 = .1621 of .1; detail .0838; less the
    // threshold .0798. Half of it is added: .5 + .0399, which is capped at .5 + .03.
    const [w0] = blurWeights(1);
    expect(w0).toBeCloseTo(0.4026, 4);
    const half = sharpened(spot, { amount: 0.5, haloCap: 0.5 }).data[(4 * 9 + 4) * 3] ?? 0;
    expect(half / 65_535).toBeCloseTo(0.5 + 0.5 * (0.1 * (1 - w0 * w0) - 0.004), 4);
    const capped = sharpened(spot, { amount: 0.5, haloCap: 0.03 }).data[(4 * 9 + 4) * 3] ?? 0;
    expect(capped / 65_535).toBeCloseTo(0.53, 4);
  });

  it('does the same to 8-bit codes', () => {
    const codes = Uint8Array.from(softEdge.data, (code) => Math.round(code / 257));
    const deep = sharpened({ ...softEdge, data: Uint16Array.from(codes, (code) => code * 257) });
    applySharpen({ width: 60, height: 30, data: codes }, plan);
    for (let i = 0; i < codes.length; i++)
      expect(Math.abs((codes[i] ?? 0) - (deep.data[i] ?? 0) / 257)).toBeLessThan(0.51);
  });

  it.each([
    [1, 1],
    [2, 1],
    [1, 5],
    [3, 3],
  ])('survives %i x %i pixels', (width, height) => {
    const picture = pictureOf(width, height, (x, y) => grey((x + y) % 2 === 0 ? 0 : 1));
    const { data } = sharpened(picture, { amount: 2 });
    for (const [i, code] of data.entries()) expect([0, 65_535]).toContain(code && picture.data[i]);
  });

  it('leaves black and white alone', () => {
    for (const value of [0, 1]) {
      const flat = pictureOf(12, 12, () => grey(value));
      expect(sharpened(flat).data).toEqual(flat.data);
    }
  });
});

describe('choosing the sharpening', () => {
  const settings = presetSettings('natural').sharpen;
  const chosen = (longSide: number, reduction: number, noise = 0): SharpenPlan | null =>
    planSharpen(settings, { longSide, reduction }, noise);

  it('is finer and gentler the smaller the output', () => {
    const [full, mls, web] = [chosen(6016, 1), chosen(2048, 2.94), chosen(1024, 5.9)];
    expect(full).toMatchObject({ amount: settings.amount, sigma: settings.radius });
    expect(mls?.amount).toBeLessThan(full?.amount ?? 0);
    expect(web?.amount).toBeLessThan(mls?.amount ?? 0);
    expect(web?.sigma).toBeLessThan(full?.sigma ?? 0);
    // A small photo that was not reduced is as soft as any.
    expect(chosen(1024, 1)).toEqual(full);
  });

  it('leaves alone what may be noise, which reducing averages away', () => {
    expect(chosen(6016, 1, 0.01)?.threshold).toBeCloseTo(0.02, 6);
    expect(chosen(2048, 4, 0.01)?.threshold).toBeCloseTo(0.005, 6);
    expect(chosen(2048, 4, 0)?.threshold).toBe(0.004);
  });

  it('is none where the amount is 0', () => {
    expect(planSharpen({ ...settings, amount: 0 }, { longSide: 100, reduction: 1 }, 0)).toBe(null);
  });

  it('blurs with weights that make one', () => {
    for (const sigma of [0.3, 0.8, 3]) {
      const [w0, w1, w2] = blurWeights(sigma);
      expect(w0 + 2 * w1 + 2 * w2).toBeCloseTo(1, 12);
    }
  });
});

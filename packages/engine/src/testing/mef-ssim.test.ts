import { describe, expect, it } from 'vitest';
import { createMefSsim } from './mef-ssim.ts';
import { createRandom } from './random.ts';

const size = { width: 64, height: 60 };
const count = size.width * size.height;

/** Grey picture of a function of the place, rounded to codes. */
function grey(valueAt: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: count * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return valueAt(pixel % size.width, Math.floor(pixel / size.width));
  });
}

/** Checks of single pixels. */
const checks = (low: number, high: number) => grey((x, y) => ((x + y) % 2 === 0 ? low : high));

/** Smooth hills with codes of the given middle and height. */
const hills = (middle: number, height: number) =>
  grey((x, y) => Math.round(middle + height * Math.sin(x / 5) * Math.sin(y / 6)));

const C = (0.03 * 255) ** 2;

const scoreOf = (exposures: readonly Uint8Array[], fused: Uint8Array): number =>
  createMefSsim(exposures, size)(fused).score;

describe('MEF-SSIM', () => {
  it('is 1 when all exposures and the result are the same', () => {
    const picture = hills(120, 60);
    const { score, scales } = createMefSsim([picture, picture, picture], size)(picture);
    expect(score).toBeCloseTo(1, 6);
    for (const scale of scales) expect(scale).toBeCloseTo(1, 6);
  });

  it('is 1 for flat exposures and a flat result of any brightness', () => {
    expect(scoreOf([checks(10, 10), checks(200, 200)], checks(90, 90))).toBeCloseTo(1, 9);
  });

  it('asks for the strongest contrast of exposures that show the same', () => {
    // Exposures a and 2a + b agree wholly, so the wanted patch is that of the stronger one.
    const [weak, strong] = [hills(100, 20), hills(140, 40)];
    expect(scoreOf([weak, strong], strong)).toBeGreaterThan(0.999);
    expect(scoreOf([weak, strong], weak)).toBeLessThan(0.9);
  });

  it('does not mind how bright the result is', () => {
    const exposures = [hills(90, 20), hills(120, 50)];
    expect(scoreOf(exposures, hills(160, 50))).toBeCloseTo(scoreOf(exposures, hills(120, 50)), 2);
  });

  it('of checks, scale by scale, worked by hand', () => {
    // The window's weighted mean of +1 and -1 checks is m = (sum_i (-1)^i g_i)^2 for a Gaussian g of 11
    // taps and sigma 1.5; it alternates in sign, so the variance of checks of +-a is a^2 (1 - m^2).
    const taps = Array.from({ length: 11 }, (_, i) => Math.exp(-((i - 5) ** 2) / 4.5));
    const total = taps.reduce((sum, value) => sum + value, 0);
    const m =
      taps.reduce((sum, value, i) => sum + (i % 2 === 0 ? 1 : -1) * (value / total), 0) ** 2;
    const share = 1 - m * m;
    const [strongest, got] = [50 * 50 * share, 30 * 30 * share];
    const exposures = [checks(80, 120), checks(70, 170)];
    const { scales } = createMefSsim(exposures, size)(checks(70, 130));
    // Same structure: wanted variance is b, covariance with the result the product of the contrasts.
    const wanted = (2 * Math.sqrt(strongest * got) + C) / (strongest + got + C);
    expect(scales[0]).toBeCloseTo(wanted, 6);
    // Halving averages checks away: nothing is asked, nothing is there.
    expect(scales[1]).toBeCloseTo(1, 6);
    expect(scales[2]).toBeCloseTo(1, 6);
  });

  it('of exposures that contradict each other, worked by hand', () => {
    // Opposite checks of amplitudes 50 and 20: R = (50 - 20) / (50 + 20) = 3 / 7, p = tan(pi R / 2) =
    // 0.797; the votes 50^p > 20^p leave the structure of the first, with its contrast.
    const exposures = [checks(50, 150), checks(120, 80)];
    const [same] = createMefSsim(exposures, size)(checks(50, 150)).scales;
    const [opposite] = createMefSsim(exposures, size)(checks(150, 50)).scales;
    expect(same).toBeCloseTo(1, 6);
    expect(opposite).toBeLessThan(-0.9);
  });

  it('of two independent structures, worked by hand', () => {
    // Stripes across and stripes along, equally strong and uncorrelated: R = sqrt(2) / 2, both votes are
    // equal, the wanted structure is their sum brought back to the contrast of one.
    const across = grey((x) => (x % 2 === 0 ? 60 : 180));
    const along = grey((_, y) => (y % 2 === 0 ? 60 : 180));
    const both = grey(
      (x, y) => 120 + ((x % 2 === 0 ? -60 : 60) + (y % 2 === 0 ? -60 : 60)) / Math.SQRT2,
    );
    const judge = createMefSsim([across, along], size);
    expect(judge(both).scales[0]).toBeGreaterThan(0.999);
    // One of them alone has a correlation of 1 / sqrt(2) with it and the same contrast.
    expect(judge(across).scales[0]).toBeCloseTo(Math.SQRT1_2, 2);
  });

  it('falls with noise and with lost contrast', () => {
    const random = createRandom(3);
    const exposures = [hills(60, 20), hills(120, 60), hills(200, 30)];
    const judge = createMefSsim(exposures, size);
    const best = judge(hills(120, 60)).score;
    const noisy = hills(120, 60).map((code) => code + Math.round(30 * (random() - 0.5)));
    expect(judge(noisy).score).toBeLessThan(best - 0.01);
    expect(judge(hills(120, 30)).score).toBeLessThan(best - 0.05);
    expect(judge(hills(120, 0)).score).toBeLessThan(0.5);
  });

  it('weights the scales as the paper does', () => {
    const judge = createMefSsim([hills(100, 40), hills(150, 20)], size);
    const { score, scales } = judge(hills(120, 25));
    const [fine = 0, middle = 0, coarse = 0] = scales;
    const expected =
      fine ** (0.0448 / 0.6305) * middle ** (0.2856 / 0.6305) * coarse ** (0.3001 / 0.6305);
    expect(score).toBeCloseTo(expected, 9);
  });
});

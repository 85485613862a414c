import { describe, expect, it } from 'vitest';
import { EngineError } from '../errors.ts';
import { pictureProxy } from '../pixels/proxy.ts';
import { linearToSrgb } from '../pixels/srgb.ts';
import { checkNotLost } from '../steps/inspect.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { judge } from './judge.ts';
import { measure, noiseSigma } from './measurements.ts';
import { structureKept } from './structure.ts';

const { width, height, radiance } = renderInterior(240, 160, 4);

/** The synthetic room with every encoded value changed by `change`. */
function room(change: (value: number) => number = (value) => value) {
  return pictureOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    return [0, 1, 2].map((c) =>
      Math.min(
        1,
        Math.max(0, change(linearToSrgb(Math.min(0.98, (radiance[at + c] as number) * 1.6)))),
      ),
    ) as [number, number, number];
  });
}

function codes(picture: ReturnType<typeof room>): string[] {
  return judge(measure(picture, pictureProxy(room()))).map((warning) => warning.code);
}

describe('judging a photo', () => {
  it('has nothing to say about a good one', () => {
    expect(codes(room())).toEqual([]);
  });

  it.each([
    ['too_dark', (value: number) => value * 0.3],
    ['too_bright', (value: number) => 0.86 + value * 0.1],
    ['blown_highlights', (value: number) => value * 1.6],
    ['blocked_shadows', (value: number) => value - 0.35],
  ])('says %s', (code, change) => {
    expect(codes(room(change))).toContain(code);
  });

  it('says noisy, tinted, soft and different', () => {
    const random = createRandom(1);
    expect(codes(room((value) => value + 0.25 * (random() - 0.5)))).toContain('noisy');
    const tinted = room();
    tinted.data.forEach((value, i) => {
      if (i % 3 === 2) tinted.data[i] = value * 0.8;
    });
    expect(codes(tinted)).toContain('color_cast');
    expect(
      codes(
        pictureOf(
          width,
          height,
          (x) => [0.4, 0.4, 0.4].map((v) => v + x / 2000) as [number, number, number],
        ),
      ),
    ).toEqual(expect.arrayContaining(['soft', 'structure_lost']));
  });
});

it('advises no brighter exposure for shadows that a bracket may well show', () => {
  const warning = judge(
    measure(
      room((value) => value - 0.35),
      null,
    ),
  ).find(({ code }) => code === 'blocked_shadows');
  expect(warning?.message).not.toMatch(/exposure/);
});

describe('measuring', () => {
  it('finds the noise that was put in, with structure underneath', () => {
    const random = createRandom(8);
    const sigma = 4 / 255;
    const grain = () => (random() + random() + random() + random() - 2) * Math.sqrt(3) * sigma;
    const noisy = pictureOf(200, 200, (x, y) => {
      const value = 0.5 + 0.2 * Math.sin(x / 15) * Math.cos(y / 20) + grain();
      return [value, value, value];
    });
    const plane = {
      width: 200,
      height: 200,
      data: Float32Array.from({ length: 40_000 }, (_, i) => (noisy.data[i * 3] as number) / 65_535),
    };
    expect(noiseSigma(plane) * 255).toBeGreaterThan(3.6);
    expect(noiseSigma(plane) * 255).toBeLessThan(4.4);
  });

  it('counts clipped pixels and the mean', () => {
    const quarters = pictureOf(100, 100, (x) =>
      x < 25 ? [0, 0, 0] : x < 50 ? [1, 1, 1] : [0.5, 0.5, 0.5],
    );
    expect(measure(quarters, null)).toMatchObject({
      clippedDark: 0.25,
      clippedBright: 0.25,
      structureKept: null,
    });
    expect(measure(quarters, null).meanLuma).toBeCloseTo(0.5, 3);
  });

  it('counts a pixel as clipped when any of its channels is', () => {
    const chair = pictureOf(100, 100, (x) => (x < 40 ? [1, 0.1, 0.1] : [0.9, 0.1, 0.1]));
    expect(measure(chair, null).clippedBright).toBeCloseTo(0.4, 6);
    expect(judge(measure(chair, null)).map(({ code }) => code)).toContain('blown_highlights');
  });

  it('takes a black result of a bright photo for a fault, and a black one of a black photo for the truth', () => {
    const plane = (value: number) => pictureProxy(pictureOf(16, 16, () => [value, value, value]));
    expect(() => checkNotLost(0.0001, plane(0.4))).toThrow(EngineError);
    expect(() => checkNotLost(Number.NaN, plane(0.4))).toThrow(EngineError);
    checkNotLost(0.0001, plane(0.001));
    checkNotLost(0.3, plane(0.4));
  });

  it('structure survives tone and contrast but not other content', () => {
    const plain = pictureProxy(room());
    expect(
      structureKept(pictureProxy(room((value) => 0.1 + 0.7 * value ** 0.8)), plain),
    ).toBeGreaterThan(0.97);
    const shifted = {
      ...plain,
      data: plain.data.map(
        (_, i) => plain.data[(i + 37 * width + 9) % plain.data.length] as number,
      ),
    };
    expect(structureKept(shifted, plain)).toBeLessThan(0.4);
  });
});

import { describe, expect, it } from 'vitest';
import { createPlane, type Plane } from '../pixels/picture.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { createRandom } from '../testing/random.ts';
import { overviewOfPicture } from '../testing/views.ts';
import { measureBand } from './bands.ts';
import { fuseOverviews } from './fuse-overviews.ts';
import { holdMore, nothingHeld, rangeOf } from './hold-range.ts';
import { along, levelOffset, pyramidLevels } from './levels.ts';
import { virtualExposures } from './virtual-exposures.ts';
import { EXPOSURE_ONLY, weighBand } from './weigh.ts';
import { bent, joinPicture, readCurve, splitPicture } from './ycc.ts';

function filled(width: number, height: number, value: (x: number, y: number) => number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++)
    plane.data[i] = value(i % width, Math.floor(i / width));
  return plane;
}

describe('levels', () => {
  it('end where the short side has one to three pixels', () => {
    expect([pyramidLevels(1504, 1003), pyramidLevels(64, 48), pyramidLevels(1, 1)]).toEqual([
      9, 5, 2,
    ]);
  });

  it('are counted from those of a picture 340 pixels high', () => {
    expect([levelOffset(512, 340), levelOffset(1360, 2000), levelOffset(170, 400)]).toEqual([
      0, 2, -1,
    ]);
  });

  it('read a table between its entries and hold its ends', () => {
    const table = [1, 3, 4];
    expect([-2, 0, 0.5, 1.25, 2, 9].map((place) => along(table, place))).toEqual([
      1, 1, 2, 3.25, 4, 4,
    ]);
    expect([along([7], 0), along([7], 3)]).toEqual([7, 7]);
  });
});

describe('luma and colour', () => {
  it('of pure red, worked by hand', () => {
    const { y, cb, cr } = splitPicture(
      pictureOf(4, 4, () => [1, 0, 0]),
      filled(4, 4, () => 0.2126),
      null,
    );
    expect(y.data[5]).toBeCloseTo(0.2126, 6);
    expect(cb.data[1]).toBeCloseTo(-0.2126 / 1.8556, 5);
    expect(cr.data[1]).toBeCloseTo(0.5, 5);
    expect([cb.width, cb.height]).toEqual([2, 2]);
  });

  it.each([
    [8, 6],
    [7, 5],
    [1, 1],
    [1, 9],
  ])('of %i x %i pixels come together again', (width, height) => {
    const picture = pictureOf(width, height, () => [0.2, 0.5, 0.9]);
    const { luma } = overviewOfPicture(picture);
    const { data } = joinPicture(splitPicture(picture, luma, null));
    for (let i = 0; i < data.length; i++)
      expect(Math.abs((data[i] as number) - (picture.data[i] as number))).toBeLessThan(3);
  });

  it('of a lifted photo keep their proportion', () => {
    const picture = pictureOf(8, 8, () => [0.3, 0.2, 0.1]);
    const { luma } = overviewOfPicture(picture);
    const doubled = Float32Array.from({ length: 11 }, (_, i) => Math.min(1, i / 5));
    const { data } = joinPicture(splitPicture(picture, luma, doubled));
    for (const [channel, value] of [0.6, 0.4, 0.2].entries())
      expect((data[30 + channel] as number) / 65_535).toBeCloseTo(value, 3);
  });

  it('go through a curve that is read between its points', () => {
    const curve = Float32Array.of(0, 0.8, 1);
    expect([-1, 0, 0.25, 0.5, 0.75, 1, 2].map((value) => readCurve(curve, value))).toEqual(
      [0, 0, 0.4, 0.8, 0.9, 1, 1].map((value) => expect.closeTo(value, 6) as number),
    );
    const plane = filled(2, 2, () => 0.3);
    expect(bent(plane, null)).toBe(plane);
  });
});

describe('bands', () => {
  it('know how strong exposures are and whether they show the same', () => {
    const random = createRandom(4);
    const grain = filled(64, 64, () => random() - 0.5);
    const other = filled(64, 64, () => random() - 0.5);
    const scaled = { ...grain, data: grain.data.map((value) => 0.5 * value) };
    const flat = (size: number) => createPlane(size, size);
    const measure = (a: Plane, b: Plane) =>
      measureBand(
        [
          [a, flat(32)],
          [b, flat(32)],
        ],
        0,
        null,
      );
    const mean = ({ data }: Plane) => data.reduce((sum, value) => sum + value, 0) / data.length;
    const same = measure(grain, scaled);
    // Uniform noise of width 1 has a variance of 1/12; half of it a quarter of that; together 1.5 times.
    expect(mean(same.energies[0] as Plane)).toBeCloseTo(1 / 12, 2);
    expect(mean(same.energies[1] as Plane)).toBeCloseTo(1 / 48, 3);
    expect(mean(same.together)).toBeCloseTo(2.25 / 12, 2);
    expect(mean(measure(grain, other).together)).toBeCloseTo(2 / 12, 2);
  });

  const band = (strengths: readonly number[], together: number) => {
    const energies = strengths.map((strength) => filled(2, 2, () => strength * strength));
    return { energies, together: filled(2, 2, () => together ** 2), upToHere: energies };
  };
  const merits = (values: readonly number[]) => values.map((value) => filled(2, 2, () => value));
  const weigh = (
    votes: { strengths: readonly number[]; together: number; merits: readonly number[] },
    rule = { ownPower: 1, finerPower: 0, raise: 0 },
  ): number[] => {
    const { weights } = weighBand(
      { band: band(votes.strengths, votes.together), merits: merits(votes.merits), tilt: null },
      rule,
    );
    return weights.map(({ data }) => data[0] as number);
  };

  it('are shared by exposure alone where detail has no say', () => {
    const votes = { strengths: [0.1, 0.01], together: 0.11, merits: [0.2, 0.6] };
    expect(weigh(votes, EXPOSURE_ONLY)).toEqual([expect.closeTo(0.25, 5), expect.closeTo(0.75, 5)]);
  });

  it('go to the strongest where all show the same, and are mixed where they disagree', () => {
    const [agreed = 0] = weigh({ strengths: [0.1, 0.05], together: 0.15, merits: [1, 1] });
    const [mixed = 0] = weigh({ strengths: [0.1, 0.05], together: 0.05, merits: [1, 1] });
    // Half the strength to the fifth power is about 1/32.
    expect(agreed).toBeGreaterThan(0.93);
    expect(mixed).toBeCloseTo(0.5, 2);
  });

  it('are raised to the strongest, but neither noise nor edges are', () => {
    const rule = { ownPower: 0, finerPower: 0, raise: 1 };
    const sum = (strong: number) =>
      weigh({ strengths: [strong, 0], together: strong, merits: [1, 1] }, rule).reduce(
        (total, value) => total + value,
        0,
      );
    // Two halves of which one is empty lack as much again.
    expect(sum(0.02)).toBeGreaterThan(1.75);
    expect(sum(0.001)).toBeLessThan(1.1);
    expect(sum(0.5)).toBeLessThan(1.1);
  });
});

describe('keeping a fusion in range', () => {
  const plane = (value: number, size = 8) => filled(size, size, () => value);
  /** A flat place of this luma upon a base, between exposures of these lumas. */
  const attempt = (luma: number, base: number, lumas: readonly number[]) => {
    const exposures = lumas.map((value) => plane(value));
    const fines = lumas.map(() => plane(0.0004));
    return {
      blended: [plane(luma - base), plane(0, 4), plane(0, 2), plane(0, 1), plane(base, 1)],
      lumas: exposures,
      merits: lumas.map(() => plane(1)),
      fine: plane(0.02),
      range: rangeOf(exposures, fines),
    };
  };
  const look = (luma: number, base: number, lumas: readonly number[]) => {
    const { tilt, hold } = holdMore(nothingHeld(plane(0)), attempt(luma, base, lumas));
    return { tilt: tilt.data[27] as number, hold: hold.data[27] as number };
  };

  it('changes nothing that lies within its exposures', () => {
    expect(look(0.5, 0.4, [0.2, 0.8])).toEqual({ tilt: 0, hold: 1 });
  });

  it('prefers darker exposures where it is too bright, and holds the structure back', () => {
    // 0.1 above the brightest: Newton's step is 0.1 / (variance 0.09 + 0.01), and of 0.5 upon the base
    // 0.4 would fit.
    const { tilt, hold } = look(0.9, 0.4, [0.2, 0.8]);
    expect(tilt).toBeCloseTo(-1, 1);
    expect(hold).toBeCloseTo(1 - 0.1 / 0.52, 2);
  });

  it('prefers brighter exposures where it is too dark, within limits', () => {
    const { tilt, hold } = look(0.02, 0.9, [0.35, 0.8]);
    expect(tilt).toBeGreaterThan(2);
    expect(tilt).toBeLessThanOrEqual(3);
    expect(hold).toBeLessThan(0.7);
  });

  it('counts what the exposures show around a place as theirs', () => {
    const { low, high } = rangeOf([plane(0.3), plane(0.97)], [plane(0.01), plane(0.01)]);
    expect(low.data[0]).toBeCloseTo(0.2, 5);
    expect(high.data[0]).toBe(1);
  });
});

describe('carrying a plan out', () => {
  const layer = (source: number, values: readonly number[]) => ({
    source,
    curve: null,
    weights: values.map((value, level) => filled(16 >> level, 16 >> level, () => value)),
  });
  const stripes = (low: number, high: number, frame: number) =>
    overviewOfPicture(
      pictureOf(16, 16, (x) => {
        const value = x % 2 === 0 ? low : high;
        return [value, value, value];
      }),
      frame,
    );

  it('mixes flat exposures by their weights', () => {
    const overviews = [stripes(0.2, 0.2, 0), stripes(0.6, 0.6, 1)];
    const weights = [0.25, 0.75].map((share, k) => layer(k, [share, share, share, share]));
    const { data } = fuseOverviews(overviews, { scale: 1, layers: weights });
    expect((data[300] as number) / 65_535).toBeCloseTo(0.5, 4);
  });

  it('raises detail where weights sum to more than one', () => {
    const { data } = fuseOverviews([stripes(0.45, 0.55, 0)], {
      scale: 1,
      layers: [layer(0, [1.5, 1, 1, 1])],
    });
    const row = Array.from(
      { length: 8 },
      (_, x) => (data[(8 * 16 + 4 + x) * 3] as number) / 65_535,
    );
    // All of such fine stripes is in the finest band: half as much again.
    expect(Math.max(...row) - Math.min(...row)).toBeCloseTo(0.15, 3);
  });

  it('weights colour with the next coarser level', () => {
    // Stripes of 2 x 2 pixels, all of one luma, so that they are in Cb and Cr alone.
    const [low, high] = [0.5 + 0.0722 * 0.1, 0.5 - 0.0722 * 0.1];
    const striped = overviewOfPicture(
      pictureOf(16, 16, (x) => {
        const blue = (x >> 1) % 2 === 0 ? -1 : 1;
        const grey = blue < 0 ? low : high;
        return [grey, grey, grey + 0.1 * blue];
      }),
    );
    const spread = (values: readonly number[]): number => {
      const { data } = fuseOverviews([striped], { scale: 1, layers: [layer(0, values)] });
      const blues = Array.from({ length: 8 }, (_, x) => data[(8 * 16 + 4 + x) * 3 + 2] as number);
      return Math.max(...blues) - Math.min(...blues);
    };
    const plain = spread([1, 1, 1, 1]);
    expect(spread([1.5, 1, 1, 1])).toBeCloseTo(plain, -2);
    expect(spread([1, 1.5, 1, 1])).toBeGreaterThan(1.4 * plain);
  });

  it('refuses a plan without layers or for exposures that are not there', () => {
    expect(() => fuseOverviews([], { scale: 1, layers: [] })).toThrow(RangeError);
    expect(() => fuseOverviews([], { scale: 1, layers: [layer(0, [1, 1])] })).toThrow(RangeError);
  });
});

describe('virtual exposures', () => {
  it('lift or deepen the middle, rise all along, and keep black and white', () => {
    const [own, brighter, darker] = virtualExposures(1.2);
    expect(own).toBeNull();
    for (const curve of [brighter, darker]) {
      const points = [...(curve ?? [])];
      expect([points[0], points.at(-1)]).toEqual([0, expect.closeTo(1, 1)]);
      for (let i = 1; i < points.length; i++)
        expect(points[i]).toBeGreaterThanOrEqual(points[i - 1] as number);
    }
    expect(readCurve(brighter as Float32Array, 0.4)).toBeGreaterThan(0.5);
    expect(readCurve(darker as Float32Array, 0.4)).toBeLessThan(0.35);
    // What is darker than the darkest grey of a print is not opened: most of it is noise.
    expect(readCurve(brighter as Float32Array, 0.02)).toBeLessThan(0.025);
  });

  it('are the photo alone at a lift of 0', () => {
    expect(virtualExposures(0)).toEqual([null]);
  });
});

import { beforeAll, describe, expect, it } from 'vitest';
import { BASE_SETTINGS } from '../options/presets.ts';
import type { Picture, Plane } from '../pixels/picture.ts';
import type { FusionPlan, Overview } from '../plan/plan.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createMefSsim } from '../testing/mef-ssim.ts';
import { createRandom } from '../testing/random.ts';
import { overviewOf, overviewOfPicture } from '../testing/views.ts';
import { fuseOverviews } from './fuse-overviews.ts';
import { planFusion } from './plan-fusion.ts';

const settings = BASE_SETTINGS.merge;
const scene = renderInterior(241, 163, 5);

type Colour = readonly [number, number, number];

function flat(colour: Colour, width = 64, height = 48, frame = 0): Overview {
  return overviewOfPicture(
    pictureOf(width, height, () => colour),
    frame,
  );
}

const greys = (values: readonly number[]): Overview[] =>
  values.map((value, frame) => flat([value, value, value], 64, 48, frame));

function fuse(overviews: readonly Overview[]): Picture {
  return fuseOverviews(overviews, planFusion(overviews, null, settings));
}

/** Weight of each layer in the middle of its coarsest level, by the exposure it belongs to. */
function baseWeights({ layers }: FusionPlan, count: number): number[] {
  const weights = Array.from({ length: count }, () => 0);
  for (const { source, weights: planes } of layers) {
    const last = planes.at(-1)?.data ?? new Float32Array(1);
    weights[source] = last[last.length >> 1] as number;
  }
  return weights;
}

function sumAt(plan: FusionPlan, level: number): Float64Array {
  const planes = plan.layers.map(({ weights }) => weights[level] as Plane);
  return Float64Array.from({ length: planes[0]?.data.length ?? 0 }, (_, i) =>
    planes.reduce((sum, { data }) => sum + (data[i] as number), 0),
  );
}

describe('the weights of a fusion', () => {
  const brackets: [string, Overview[]][] = [
    ['a room', [-4, -2, 0, 2].map((ev, frame) => overviewOf(scene, { ev }, frame))],
    [
      'nine exposures',
      [-4, -3, -2, -1, 0, 1, 2, 3, 4].map((ev, k) => overviewOf(scene, { ev }, k)),
    ],
    ['five times the same', [0, 0, 0, 0, 0].map((ev, k) => overviewOf(scene, { ev, seed: 1 }, k))],
    ['black and white', greys([0, 1])],
    ['black alone', greys([0, 0, 0])],
    ['one pixel', [0.2, 0.8].map((value, k) => flat([value, value, value], 1, 1, k))],
    ['two by three pixels', [0.2, 0.8].map((value, k) => flat([value, 0.1, value], 2, 3, k))],
    ['a strip', [0.2, 0.8].map((value, k) => flat([value, value, 0.3], 5, 300, k))],
    ['one photo', [overviewOf(scene, { ev: -1 })]],
  ];

  it.each(brackets)(
    'of %s are numbers from 0 and sum to 1 at the coarsest level',
    (_, overviews) => {
      const plan = planFusion(overviews, null, settings);
      const [first] = plan.layers;
      for (const [level] of first?.weights.entries() ?? []) {
        for (const { weights } of plan.layers)
          expect(weights[level]?.data.every((value) => value >= 0)).toBe(true);
        const coarsest = level === (first?.weights.length ?? 0) - 1;
        for (const sum of sumAt(plan, level)) {
          if (coarsest) expect(sum).toBeCloseTo(1, 5);
          expect(sum).toBeLessThan(1.96);
        }
      }
      const { data } = fuseOverviews(overviews, plan);
      expect(data.length).toBe(3 * (overviews[0]?.luma.data.length ?? 0));
    },
  );

  it('have one plane for each level, each half as large as the one before', () => {
    const [layer] = planFusion(greys([0.3, 0.6]), null, settings).layers;
    expect(layer?.weights.map(({ width, height }) => [width, height])).toEqual([
      [64, 48],
      [32, 24],
      [16, 12],
      [8, 6],
      [4, 3],
    ]);
  });

  it('prefer what is exposed in the middle', () => {
    const [dark = 0, middle = 0, bright = 0] = baseWeights(
      planFusion(greys([0.1, 0.5, 0.9]), null, settings),
      3,
    );
    expect(middle).toBeGreaterThan(3 * dark);
    expect(middle).toBeGreaterThan(3 * bright);
  });

  it('keep away from a red that has run into full scale, though its luma is in the middle', () => {
    const plan = planFusion(
      [flat([0.6, 0.1, 0.1], 64, 48, 0), flat([1, 0.35, 0.3], 64, 48, 1)],
      null,
      settings,
    );
    expect(baseWeights(plan, 2)[1]).toBeLessThan(0.1);
  });

  it('leave a place where exposures are black to the one that sees there', () => {
    const black = (k: number) =>
      overviewOfPicture(
        pictureOf(64, 48, (x) => (x < 32 ? [0, 0, 0] : [0.5, 0.5, 0.5])),
        k,
      );
    const sees = overviewOfPicture(
      pictureOf(64, 48, (x) => (x < 32 ? [0.06, 0.06, 0.06] : [0.9, 0.9, 0.9])),
      2,
    );
    const { layers } = planFusion([black(0), black(1), sees], null, settings);
    const shares = layers.map(({ weights }) => weights[1]?.data[12 * 32 + 4] as number);
    expect(shares[2]).toBeGreaterThan(0.9 * shares.reduce((sum, value) => sum + value, 0));
  });

  it('leave out exposures that are black or white all over, unless all are', () => {
    const used = (values: readonly number[]) =>
      planFusion(greys(values), null, settings).layers.map(({ source }) => source);
    expect(used([0, 0.4, 1, 0.6])).toEqual([1, 3]);
    expect(used([0, 0])).toEqual([0]);
    expect(used([1, 1])).toEqual([0]);
  });

  it('are nothing where a mask forbids an exposure', () => {
    const overviews = [-2, 0, 2].map((ev, frame) => overviewOf(scene, { ev }, frame));
    const { width, height } = scene;
    const mask = { width, height, data: new Float32Array(width * height).fill(1) };
    for (let y = 40; y < 120; y++) mask.data.fill(0, y * width + 60, y * width + 140);
    const { layers } = planFusion(overviews, [null, null, mask], settings);
    expect(layers[2]?.weights[0]?.data[80 * width + 100]).toBeLessThan(1e-3);
    expect(layers[2]?.weights[0]?.data[120 * width + 30]).toBeGreaterThan(0.1);
  });

  it('come out the same every time', () => {
    const overviews = [-2, 0, 2].map((ev, frame) => overviewOf(scene, { ev }, frame));
    expect(planFusion(overviews, null, settings)).toEqual(planFusion(overviews, null, settings));
  });

  it('refuse to plan with nothing', () => {
    expect(() => planFusion([], null, settings)).toThrow(RangeError);
  });
});

describe('a fused photo', () => {
  it.each([2, 5, 9])('of %i identical exposures is that exposure within 1/255', (count) => {
    const random = createRandom(count);
    const picture = pictureOf(65, 47, (x, y) => {
      const grain = 0.3 * random();
      return [0.2 + x / 200 + grain, 0.3 + y / 200 + grain, 0.3 + grain];
    });
    const { data } = fuse(Array.from({ length: count }, (_, k) => overviewOfPicture(picture, k)));
    for (let i = 0; i < data.length; i++)
      expect(Math.abs((data[i] as number) - (picture.data[i] as number))).toBeLessThan(257);
  });

  it('of grey exposures is grey', () => {
    const { data } = fuse(
      [0.2, 0.5, 0.8].map((value, k) =>
        overviewOfPicture(
          pictureOf(80, 60, (x, y) => {
            const grey = value * (1 + 0.3 * Math.sin(x / 3) * Math.cos(y / 4));
            return [grey, grey, grey];
          }),
          k,
        ),
      ),
    );
    for (let i = 0; i < data.length; i += 3) {
      expect(Math.abs((data[i] as number) - (data[i + 1] as number))).toBeLessThan(64);
      expect(Math.abs((data[i + 2] as number) - (data[i + 1] as number))).toBeLessThan(64);
    }
  });

  it('has no more noise on a wall than its exposures have', () => {
    const wall = (level: number, seed: number) => {
      const random = createRandom(seed);
      return overviewOfPicture(
        pictureOf(120, 90, () => {
          const value = level + 0.02 * (random() + random() - 1);
          return [value, value, value];
        }),
        seed,
      );
    };
    const exposures = [wall(0.3, 1), wall(0.5, 2), wall(0.7, 3)];
    expect(deviation(fuse(exposures))).toBeLessThan(
      Math.min(...exposures.map(({ picture }) => deviation(picture))),
    );
  });

  it('has no rims beside a bright window', () => {
    const light = (x: number, ev: number) =>
      Math.min(1, ((x < 120 ? 0.02 : 0.9) * 2 ** ev) ** 0.45);
    const exposures = [-4, -2, 0, 2].map((ev, k) =>
      overviewOfPicture(
        pictureOf(240, 160, (x) => [light(x, ev), light(x, ev), light(x, ev)]),
        k,
      ),
    );
    const { data } = fuse(exposures);
    const row = Float32Array.from(
      { length: 240 },
      (_, x) => (data[(80 * 240 + x) * 3] as number) / 257,
    );
    const [wall, pane] = [row[60] as number, row[180] as number];
    expect(pane).toBeGreaterThan(wall + 80);
    // Pixel by pixel blending of pyramids leaves some; 40 codes would be seen.
    expect(Math.max(...row.subarray(124))).toBeLessThan(pane + 22);
    expect(Math.min(...row.subarray(0, 116))).toBeGreaterThan(wall - 16);
  });
});

function deviation({ data }: Picture): number {
  let [sum, square] = [0, 0];
  for (const value of data) {
    sum += value;
    square += value * value;
  }
  return Math.sqrt(square / data.length - (sum / data.length) ** 2);
}

describe('a room with a bright window', () => {
  let exposures: Overview[];
  let fused: Picture;
  const codesOf = ({ data }: Picture) => Uint8Array.from(data, (value) => Math.round(value / 257));

  beforeAll(() => {
    exposures = [-4, -2, 0, 2].map((ev, frame) => overviewOf(scene, { ev }, frame));
    fused = fuse(exposures);
  });

  it('keeps far more of its exposures than their mean', () => {
    const codes = exposures.map(({ picture }) => codesOf(picture));
    const judge = createMefSsim(codes, scene);
    const mean = codesOf(fused).map((_, i) =>
      Math.round(codes.reduce((sum, frame) => sum + (frame[i] as number), 0) / codes.length),
    );
    expect(judge(codesOf(fused)).score).toBeGreaterThan(0.92);
    expect(judge(codesOf(fused)).score).toBeGreaterThan(judge(mean).score + 0.04);
  });

  it('stays within what its exposures span at every pixel, but for some', () => {
    let outside = 0;
    for (let i = 0; i < fused.data.length; i++) {
      const values = exposures.map(({ picture }) => picture.data[i] as number);
      const slack = 0.02 * 65_535;
      const value = fused.data[i] as number;
      if (value < Math.min(...values) - slack || value > Math.max(...values) + slack) outside++;
    }
    expect(outside / fused.data.length).toBeLessThan(0.005);
  });

  it('shows more of both the view and the sofa than any exposure shows of its weaker part', () => {
    const weaker = (picture: Picture) =>
      Math.min(
        detailIn(picture, [0.6, 0.34, 0.7, 0.52]),
        detailIn(picture, [0.08, 0.6, 0.42, 0.84]),
      );
    for (const { picture } of exposures)
      expect(weaker(fused)).toBeGreaterThan(1.2 * weaker(picture));
  });
});

/** Standard deviation (codes of 8 bits) in a box given in shares of the picture. */
function detailIn(picture: Picture, box: readonly [number, number, number, number]): number {
  const { width, height, data } = picture;
  const [left, top, right, bottom] = box;
  let [sum, square, count] = [0, 0, 0];
  for (let y = Math.floor(top * height); y < bottom * height; y++) {
    for (let x = Math.floor(left * width); x < right * width; x++, count++) {
      const value = (data[(y * width + x) * 3 + 1] as number) / 257;
      sum += value;
      square += value * value;
    }
  }
  return Math.sqrt(square / count - (sum / count) ** 2);
}

describe('one photo alone', () => {
  const photo = overviewOf(scene, { ev: -1 });
  const ramp = overviewOfPicture(pictureOf(200, 60, (x) => [x / 199, x / 199, x / 199]));

  it('gets its shadows opened and keeps black and white', () => {
    const { data } = fuse([ramp]);
    const at = (x: number): number => (data[(30 * 200 + x) * 3] as number) / 65_535;
    expect(at(0)).toBeLessThan(0.03);
    expect(at(199)).toBeGreaterThan(0.95);
    expect(at(50)).toBeGreaterThan(50 / 199);
    for (let x = 1; x < 200; x++) expect(at(x)).toBeGreaterThan(at(x - 1) - 0.002);
  });

  it('gets no more noise than its shadows are lifted', () => {
    const box = [0.08, 0.6, 0.42, 0.84] as const;
    const lifted = fuse([photo]);
    const meanIn = (picture: Picture): number => {
      const { width, height, data } = picture;
      let [sum, count] = [0, 0];
      for (let y = Math.floor(0.6 * height); y < 0.84 * height; y++)
        for (let x = Math.floor(0.08 * width); x < 0.42 * width; x++, count++)
          sum += data[(y * width + x) * 3 + 1] as number;
      return sum / count;
    };
    const gain = meanIn(lifted) / meanIn(photo.picture);
    expect(gain).toBeGreaterThan(1.05);
    expect(detailIn(lifted, box)).toBeLessThan(1.6 * gain * detailIn(photo.picture, box));
  });

  it('is left alone at a lift of 0', () => {
    const plan = planFusion([ramp], null, { ...settings, singleLift: 0 });
    expect(plan.layers.map(({ curve }) => curve)).toEqual([null]);
    const { data } = fuseOverviews([ramp], plan);
    for (let i = 0; i < data.length; i++)
      expect(Math.abs((data[i] as number) - (ramp.picture.data[i] as number))).toBeLessThan(4);
  });
});

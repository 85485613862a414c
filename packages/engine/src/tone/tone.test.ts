import { describe, expect, it } from 'vitest';
import { PRESET_NAMES, type PresetName } from '../options/presets.ts';
import { presetSettings } from '../options/resolve-options.ts';
import { createPlane, type Picture } from '../pixels/picture.ts';
import { expose } from '../testing/bracket.ts';
import { channelMeans, pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { applyTone } from './apply-tone.ts';
import { planTone, type TonePlan } from './plan-tone.ts';
import { surveyTones } from './survey-tones.ts';
import { measureRange, type ToneRange, toneCurve } from './tone-curve.ts';

const settings = presetSettings('natural').tone;
const RANGE: ToneRange = { black: 0, white: 1, middle: 0.5, light: 0.8, outdoors: 0 };

const toned = (picture: Picture, preset: PresetName = 'natural'): Picture =>
  applyTone(picture, planTone(picture, presetSettings(preset).tone));

/** A plan that does to every place what `curve` says. */
function planOf(curve: (value: number) => number, changes: Partial<TonePlan> = {}): TonePlan {
  const levels = 33;
  const one = Array.from({ length: levels }, (_, k) => curve(k / (levels - 1)));
  return {
    grid: { columns: 2, rows: 2, levels, values: Float32Array.from([one, one, one, one].flat()) },
    ...{ spared: null, saturation: 1, richness: 0, calm: 0, range: RANGE, gamma: 1 },
    ...changes,
  };
}

function value({ data, width }: Picture, x: number, y: number, channel = 1): number {
  return (data[(y * width + x) * 3 + channel] ?? 0) / 65_535;
}

function clipped({ data }: Picture): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 3)
    if (Math.max(data[i] ?? 0, data[i + 1] ?? 0, data[i + 2] ?? 0) >= 253.5 * 257) count++;
  return count / (data.length / 3);
}

/** The test room in one exposure. */
function room(ev: number, width = 360, height = 240): Picture {
  const codes = expose(renderInterior(width, height, 3), { ev, seed: 5, light: [1, 1, 1] });
  return { width, height, data: Uint16Array.from(codes, (code) => code * 257) };
}

describe('the photo’s curve', () => {
  const at = (table: Float32Array, place: number): number =>
    table[Math.round(place * (table.length - 1))] ?? Number.NaN;

  it.each(PRESET_NAMES)('of %s never falls, starts at black and ends at white', (preset) => {
    for (const middle of [0.05, 0.3, 0.6, 0.9]) {
      const range = { ...RANGE, black: 0.03, white: 0.9, middle, light: (1 + middle) / 2 };
      const { table } = toneCurve(range, presetSettings(preset).tone);
      expect(table[0]).toBe(0);
      expect(table.at(-1)).toBeCloseTo(1, 5);
      for (let i = 1; i < table.length; i++)
        expect(table[i]).toBeGreaterThanOrEqual((table[i - 1] ?? 0) - 1e-6);
    }
  });

  it('brings a dark middle up and leaves a bright one where it is', () => {
    const dark = toneCurve({ ...RANGE, middle: 0.35, light: 0.5 }, settings);
    expect(at(dark.table, 0.35)).toBeGreaterThan(0.48);
    const bright = toneCurve({ ...RANGE, middle: 0.8, light: 0.9 }, settings);
    expect(bright.gamma).toBe(1);
    expect(at(bright.table, 0.8)).toBeGreaterThan(0.78);
  });

  it('is held back by walls that are light already, and outdoors', () => {
    const gamma = (changes: Partial<ToneRange>): number =>
      toneCurve({ ...RANGE, middle: 0.4, light: 0.5, ...changes }, settings).gamma;
    expect(gamma({ light: 0.85 })).toBeGreaterThan(gamma({}) + 0.1);
    expect(gamma({ outdoors: 1 })).toBeGreaterThan(gamma({}) + 0.05);
    // ln(.64) / ln(.4) = .487 for the middle and ln(.856) / ln(.5) = .224 for the walls, which can
    // only hold back: .487 ** .8 = .563.
    expect(gamma({})).toBeCloseTo(0.563, 2);
  });

  it.each(PRESET_NAMES)('of %s darkens nothing near black when black is there', (preset) => {
    const picture = pictureOf(100, 100, (x) => [x < 5 ? 0 : 0.5, x < 5 ? 0 : 0.5, x < 5 ? 0 : 0.5]);
    const tone = presetSettings(preset).tone;
    const range = measureRange(surveyTones(picture, null), tone);
    expect(range.black).toBe(0);
    const { table } = toneCurve(range, tone);
    for (const place of [0.01, 0.03, 0.06, 0.1])
      expect(at(table, place)).toBeGreaterThanOrEqual(place - 1e-3);
  });
});

describe('looking at a photo', () => {
  it('reads its ends, middle and light surfaces', () => {
    // A grey ramp from .2 to .7; a tenth is a blown window, which says nothing.
    const picture = pictureOf(1000, 40, (x) => {
      const grey = x >= 900 ? 1 : 0.2 + (0.5 * x) / 900;
      return [grey, grey, grey];
    });
    const range = measureRange(surveyTones(picture, null), { ...settings, blackClip: 1 });
    expect(range.black).toBe(0.08);
    expect(range.white).toBeCloseTo(0.7, 2);
    expect(range.middle).toBeCloseTo(0.45, 2);
    expect(range.light).toBeCloseTo(0.625, 2);
    expect(range.outdoors).toBe(0);
  });

  it('knows sky and grass from a room', () => {
    const garden = pictureOf(60, 40, (_, y) => (y < 20 ? [0.3, 0.5, 0.9] : [0.3, 0.5, 0.2]));
    expect(measureRange(surveyTones(garden, null), settings).outdoors).toBe(1);
    expect(measureRange(surveyTones(room(0), null), settings).outdoors).toBeLessThan(0.5);
    const wooden = pictureOf(60, 40, () => [0.6, 0.4, 0.2]);
    expect(measureRange(surveyTones(wooden, null), settings).outdoors).toBe(0);
  });

  it('does not expose for what is spared', () => {
    const picture = pictureOf(80, 40, (x) => (x < 40 ? [0.3, 0.3, 0.3] : [0.7, 0.7, 0.7]));
    const spared = createPlane(80, 40);
    for (let i = 0; i < spared.data.length; i++) spared.data[i] = i % 80 < 40 ? 0 : 1;
    expect(measureRange(surveyTones(picture, spared), settings).middle).toBeCloseTo(0.3, 2);
  });
});

describe('the local curves', () => {
  it.each(PRESET_NAMES)('of %s rise from black to white at every node', (preset) => {
    const { grid } = planTone(room(0, 180, 120), presetSettings(preset).tone);
    const { levels, values } = grid;
    let wrong = 0;
    for (let i = 0; i < values.length; i++) {
      const level = i % levels;
      if (level === 0 ? values[i] !== 0 : (values[i] ?? 0) < (values[i - 1] ?? 0)) wrong++;
      if (level === levels - 1 && Math.abs((values[i] ?? 0) - 1) > 1e-6) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('brighten deep shadows at most fourfold', () => {
    const { grid } = planTone(room(-4, 180, 120), presetSettings('bright').tone);
    const above = grid.values.filter(
      (value, i) => value > (4 * (i % grid.levels)) / (grid.levels - 1) + 1e-6,
    );
    expect(above.length).toBe(0);
  });

  it('leave no halo beside a hard edge: both sides stay flat', () => {
    const edge = toned(
      pictureOf(300, 200, (x) => (x < 150 ? [0.25, 0.25, 0.25] : [0.8, 0.8, 0.8])),
      'bright',
    );
    for (let x = 1; x < 150; x++)
      expect(Math.abs(value(edge, x, 100) - value(edge, x - 1, 100))).toBeLessThan(0.002);
    for (let x = 151; x < 300; x++)
      expect(Math.abs(value(edge, x, 100) - value(edge, x - 1, 100))).toBeLessThan(0.002);
    // What remains is the light that is followed over a tenth of the photo, not a rim.
    expect(Math.abs(value(edge, 140, 100) - value(edge, 149, 100))).toBeLessThan(0.012);
    expect(Math.abs(value(edge, 151, 100) - value(edge, 160, 100))).toBeLessThan(0.012);
  });

  it('open a dim corner and leave what is dark by itself', () => {
    // A pale wall in fading light, and a black cupboard in front of its bright end.
    const picture = pictureOf(300, 200, (x, y) => {
      if (x < 60 && y > 120) return [0.08, 0.08, 0.08];
      const grey = 0.82 - 0.4 * (x / 300);
      return [grey, grey, grey];
    });
    const after = toned(picture);
    const fall = (from: Picture): number => value(from, 10, 60) - value(from, 290, 60);
    expect(fall(after)).toBeLessThan(0.88 * fall(picture));
    expect(value(after, 290, 60)).toBeGreaterThan(value(picture, 290, 60) + 0.08);
    expect(value(after, 30, 160)).toBeLessThan(0.16);
  });

  it('keep the detail where the curve itself is flat', () => {
    const stripes = (x: number): number => (Math.floor(x / 3) % 2 === 0 ? 0.82 : 0.86);
    // Much of the photo is dark, so that the curve lifts and presses its highlights.
    const picture = pictureOf(300, 200, (x, y) => {
      const grey = y > 80 ? 0.3 : stripes(x);
      return [grey, grey, grey];
    });
    const { table } = toneCurve(measureRange(surveyTones(picture, null), settings), settings);
    const pressed = (table[Math.round(0.86 * 4096)] ?? 0) - (table[Math.round(0.82 * 4096)] ?? 0);
    const after = toned(picture);
    const span = Math.abs(value(after, 151, 40) - value(after, 154, 40));
    expect(pressed).toBeLessThan(0.03);
    expect(span).toBeGreaterThan(1.15 * pressed);
  });
});

describe('toning a picture', () => {
  it('changes nothing with a plan that asks for nothing', () => {
    const picture = pictureOf(40, 40, (x, y) => [
      0.2 + x / 80,
      0.3 + y / 100,
      0.25 + (x + y) / 200,
    ]);
    const after = applyTone(
      picture,
      planOf((level) => level),
    );
    for (let i = 0; i < picture.data.length; i++)
      expect(Math.abs((picture.data[i] ?? 0) - (after.data[i] ?? 0))).toBeLessThan(3);
  });

  it('reads the curve at the strongest and the weakest channel; the third keeps its place', () => {
    // A square root between levels: .64 -> .8, .16 -> .4. Channels are close: not held.
    const after = applyTone(
      pictureOf(8, 8, () => [0.64, 0.57, 0.5]),
      planOf((level) => Math.sqrt(level)),
    );
    const [red, green, blue] = channelMeans(after);
    expect(red).toBeCloseTo(0.8, 2);
    expect(blue).toBeCloseTo(Math.sqrt(0.5), 2);
    expect(green).toBeCloseTo((0.8 + Math.sqrt(0.5)) / 2, 2);
  });

  it('changes strong colours less, and hues not at all', () => {
    const after = applyTone(
      pictureOf(8, 8, () => [0.8, 0.3, 0.1]),
      planOf((level) => level ** 0.6),
    );
    const [red, green, blue] = channelMeans(after);
    // Channels 0.7 apart: held back by 0.85 * smoothStep(0.8) = 0.76 of the step to 0.8 ** 0.6 = 0.875.
    expect(red).toBeCloseTo(0.8 + 0.24 * 0.075, 2);
    expect((green - blue) / (red - blue)).toBeCloseTo(0.2 / 0.7, 2);
  });

  it('raises colourfulness of quiet colours and calms strong oranges', () => {
    const range = (
      color: readonly [number, number, number],
      changes: Partial<TonePlan>,
    ): number => {
      const plan = planOf((level) => level, changes);
      const [red, , blue] = channelMeans(
        applyTone(
          pictureOf(4, 4, () => color),
          plan,
        ),
      );
      return red - blue;
    };
    expect(range([0.55, 0.5, 0.45], { saturation: 1.2 })).toBeCloseTo(0.1 * 1.2, 2);
    expect(range([0.55, 0.5, 0.45], { saturation: 0.5 })).toBeCloseTo(0.05, 2);
    expect(range([0.7, 0.42, 0.15], { calm: 0.2 })).toBeLessThan(0.55 * 0.84);
    expect(range([0.7, 0.15, 0.42], { calm: 0.2 })).toBeGreaterThan(0.275);
  });

  it('clips nothing that was not clipped, whatever the colour', () => {
    const colors: [number, number, number][] = [];
    for (const r of [0, 0.3, 0.7, 0.96, 252 / 255])
      for (const g of [0, 0.4, 0.8, 252 / 255])
        for (const b of [0.1, 0.6, 252 / 255]) colors.push([r, g, b]);
    const picture = pictureOf(colors.length * 4, 30, (x) => colors[x >> 2] ?? [0, 0, 0]);
    for (const preset of PRESET_NAMES) expect(clipped(toned(picture, preset))).toBe(0);
  });

  it('keeps a deep sky smooth where its red runs out', () => {
    const sky = (y: number): [number, number, number] => [
      Math.max(0, (y - 60) / 500),
      0.35 + y / 700,
      0.9 + y / 4000,
    ];
    const picture = pictureOf(60, 150, (_, y) => (y < 120 ? sky(y) : [0.35, 0.35, 0.35]));
    const after = toned(picture, 'bright');
    for (let y = 2; y < 118; y++) {
      for (const channel of [0, 1, 2]) {
        const step = value(after, 30, y, channel) - value(after, 30, y - 1, channel);
        expect(Math.abs(step)).toBeLessThan(0.006);
      }
    }
  });

  it('leaves spared places alone', () => {
    const picture = pictureOf(64, 64, (x) => (x < 32 ? [0.4, 0.38, 0.3] : [0.42, 0.5, 0.3]));
    const spared = createPlane(8, 8);
    for (let i = 0; i < 64; i++) spared.data[i] = i % 8 < 4 ? 0 : 1;
    const after = applyTone(picture, planTone(picture, presetSettings('bright').tone, spared));
    expect(value(after, 10, 30)).toBeGreaterThan(0.45);
    for (const channel of [0, 1, 2])
      expect(value(after, 60, 30, channel)).toBeCloseTo(value(picture, 60, 30, channel), 3);
  });
});

describe('the presets', () => {
  it('differ: bright is brightest, luxury deepest and most colourful', () => {
    const picture = room(0);
    const means = PRESET_NAMES.map((preset) => channelMeans(toned(picture, preset)));
    const [natural, bright, luxury] = means.map(([r, g, b]) => 0.21 * r + 0.72 * g + 0.07 * b);
    expect(bright).toBeGreaterThan((natural ?? 0) + 0.03);
    expect(luxury).toBeLessThan((natural ?? 0) - 0.02);
    const floor = (preset: PresetName): number => {
      const after = toned(picture, preset);
      return value(after, 60, 220, 0) - value(after, 60, 220, 2);
    };
    expect(floor('luxury')).toBeGreaterThan(floor('bright'));
  });

  it.each(PRESET_NAMES)('%s never clips more than 0.2 points of a photo', (preset) => {
    for (const ev of [-3, -1.5, 0, 1.5]) {
      const picture = room(ev);
      expect(clipped(toned(picture, preset)) - clipped(picture)).toBeLessThan(0.002);
    }
  });
});

describe('odd pictures', () => {
  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
    [3, 2],
  ])('%i x %i pixels', (width, height) => {
    const { data } = toned(pictureOf(width, height, () => [0.5, 0.4, 0.3]));
    for (const code of data) expect(code).toBeGreaterThan(10_000);
  });

  it('keeps black black and white white', () => {
    for (const preset of PRESET_NAMES) {
      expect(
        Math.max(
          ...toned(
            pictureOf(20, 20, () => [0, 0, 0]),
            preset,
          ).data,
        ),
      ).toBe(0);
      expect(
        Math.min(
          ...toned(
            pictureOf(20, 20, () => [1, 1, 1]),
            preset,
          ).data,
        ),
      ).toBe(65_535);
    }
  });

  it('plans numbers only', () => {
    for (const color of [0, 0.5, 1]) {
      const { grid, gamma, range } = planTone(
        pictureOf(30, 20, () => [color, color, color]),
        settings,
      );
      const numbers = [...grid.values, gamma, ...Object.values(range)];
      expect(numbers.filter((number) => !(number >= 0))).toEqual([]);
    }
  });
});

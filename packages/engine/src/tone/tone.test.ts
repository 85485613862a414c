import { describe, expect, it } from 'vitest';
import { presetSettings } from '../options/resolve-options.ts';
import { pictureProxy } from '../pixels/proxy.ts';
import { channelMeans, pictureOf } from '../testing/fixtures.ts';
import { createToner, type ToneLook } from './apply-tone.ts';
import { measureRange, toneCurve } from './tone-curve.ts';

const settings = presetSettings('natural').tone;

function at(table: Float32Array, value: number): number {
  return table[Math.round(value * (table.length - 1))] as number;
}

function toned(picture: ReturnType<typeof pictureOf>, look: Partial<ToneLook>): typeof picture {
  const identity = Float32Array.from({ length: 4096 }, (_, i) => i / 4095);
  const tone = createToner(picture, pictureProxy(picture), {
    curve: identity,
    localContrast: 0,
    saturation: 1,
    ...look,
  });
  for (let y = 0; y < picture.height; y++) tone(y);
  return picture;
}

describe('the tone curve', () => {
  it.each(['natural', 'bright', 'luxury'] as const)(
    'of %s never falls, starts at black and ends at white',
    (preset) => {
      for (const middle of [0.05, 0.3, 0.6, 0.9]) {
        const { table } = toneCurve(
          { black: 0.03, white: 0.9, middle },
          presetSettings(preset).tone,
        );
        expect(table[0]).toBe(0);
        expect(table.at(-1)).toBeCloseTo(1, 5);
        for (let i = 1; i < table.length; i++)
          expect(table[i]).toBeGreaterThanOrEqual((table[i - 1] as number) - 1e-6);
      }
    },
  );

  it('brings a dark middle up and leaves a bright one where it is', () => {
    const dark = toneCurve({ black: 0, white: 1, middle: 0.35 }, settings);
    expect(at(dark.table, 0.35)).toBeGreaterThan(0.48);
    const bright = toneCurve({ black: 0, white: 1, middle: 0.8 }, settings);
    expect(bright.gamma).toBe(1);
    expect(at(bright.table, 0.8)).toBeGreaterThan(0.78);
  });

  it('keeps differences in the highlights', () => {
    const { table } = toneCurve({ black: 0, white: 0.85, middle: 0.4 }, settings);
    expect(at(table, 0.98) - at(table, 0.93)).toBeGreaterThan(0.005);
    expect(at(table, 0.98)).toBeLessThan(1);
  });

  it.each(['natural', 'bright', 'luxury'] as const)(
    'of %s darkens nothing near black when the photo reaches black already',
    (preset) => {
      const tone = presetSettings(preset).tone;
      const histogram = new Uint32Array(1024).fill(10);
      histogram[0] = 400;
      const range = measureRange(histogram, tone);
      expect(range.black).toBe(0);
      const { table } = toneCurve(range, tone);
      for (const value of [0.01, 0.03, 0.06, 0.1])
        expect(at(table, value)).toBeGreaterThanOrEqual(value - 1e-3);
    },
  );

  it('reads black, white and middle off a histogram', () => {
    const histogram = new Uint32Array(100).fill(10);
    const range = measureRange(histogram, { ...settings, blackClip: 4, whiteClip: 5 });
    expect(range.black).toBeCloseTo(0.04, 2);
    expect(range.white).toBeCloseTo(0.95, 2);
    expect(range.middle).toBeCloseTo(0.5, 2);
  });
});

describe('toning a picture', () => {
  it('changes nothing with a neutral look', () => {
    const color = (x: number, y: number): [number, number, number] => [
      0.2 + x / 80,
      0.3 + y / 100,
      0.25 + (x + y) / 200,
    ];
    const [before, after] = [pictureOf(40, 40, color), toned(pictureOf(40, 40, color), {})];
    for (let i = 0; i < before.data.length; i++)
      expect(Math.abs((before.data[i] as number) - (after.data[i] as number))).toBeLessThan(40);
  });

  it('keeps the hue while it brightens', () => {
    const lift = Float32Array.from({ length: 4096 }, (_, i) => (i / 4095) ** 0.7);
    const [red, green, blue] = channelMeans(
      toned(
        pictureOf(40, 40, () => [0.4, 0.3, 0.2]),
        { curve: lift },
      ),
    );
    expect(green).toBeGreaterThan(0.35);
    expect(red / green).toBeCloseTo(0.4 / 0.3, 2);
    expect(blue / green).toBeCloseTo(0.2 / 0.3, 2);
  });

  it('leaves no halo beside a hard edge: both sides stay flat', () => {
    const lift = Float32Array.from({ length: 4096 }, (_, i) => (i / 4095) ** 0.6);
    const edge = toned(
      pictureOf(200, 60, (x) => (x < 100 ? [0.15, 0.15, 0.15] : [0.9, 0.9, 0.9])),
      { curve: lift, localContrast: 0.15 },
    );
    const value = (x: number): number => (edge.data[(30 * 200 + x) * 3] as number) / 65_535;
    for (let x = 0; x < 100; x++) expect(Math.abs(value(x) - value(5))).toBeLessThan(0.035);
    for (let x = 100; x < 200; x++) expect(Math.abs(value(x) - value(195))).toBeLessThan(0.035);
  });

  it('clips nothing that was not clipped and turns no colour into another', () => {
    const lift = Float32Array.from({ length: 4096 }, (_, i) => Math.min(1, (i / 4095) * 1.3));
    const red = toned(
      pictureOf(40, 40, (x) => [0.95, 0.2 + x / 200, 0.15]),
      { curve: lift, saturation: 1.5 },
    );
    for (let i = 0; i < red.data.length; i += 3) {
      expect(red.data[i]).toBeLessThanOrEqual(65_535);
      expect(red.data[i]).toBeGreaterThan(red.data[i + 1] as number);
      expect(red.data[i + 1]).toBeGreaterThan(red.data[i + 2] as number);
    }
  });

  it('keeps folds in a strong red and in a deep sky instead of pressing them flat', () => {
    const lift = Float32Array.from({ length: 4096 }, (_, i) => (i / 4095) ** 0.6);
    const look = { curve: lift, localContrast: 0.15, saturation: 1.08 };
    const fold = (x: number): number => 0.93 + 0.05 * Math.sin(x / 6);
    for (const [strong, color] of [
      [0, (x: number) => [fold(x), 0.12, 0.1]],
      [2, (x: number) => [0.02, 0.45, fold(x)]],
    ] as const) {
      const { data } = toned(
        pictureOf(120, 40, (x) => color(x) as [number, number, number]),
        look,
      );
      const values = Array.from(
        { length: 120 },
        (_, x) => (data[(20 * 120 + x) * 3 + strong] as number) / 65_535,
      );
      expect(values.filter((value) => value >= 253.5 / 255)).toEqual([]);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.03);
    }
  });

  it('brightens a red wall without moving its hue', () => {
    const lift = Float32Array.from({ length: 4096 }, (_, i) => (i / 4095) ** 0.6);
    const [red, green, blue] = channelMeans(
      toned(
        pictureOf(40, 40, () => [0.8, 0.3, 0.2]),
        { curve: lift },
      ),
    );
    expect(green).toBeGreaterThan(0.32);
    expect(red / green).toBeCloseTo(0.8 / 0.3, 2);
    expect(green / blue).toBeCloseTo(0.3 / 0.2, 2);
    expect(red).toBeLessThan(0.97);
  });

  it('raises local contrast of texture', () => {
    const stripes = (): ReturnType<typeof pictureOf> =>
      pictureOf(400, 40, (x) =>
        Math.floor(x / 3) % 2 === 0 ? [0.45, 0.45, 0.45] : [0.5, 0.5, 0.5],
      );
    const span = ({ data }: ReturnType<typeof pictureOf>): number =>
      (data[(20 * 400 + 202) * 3] as number) - (data[(20 * 400 + 199) * 3] as number);
    expect(Math.abs(span(toned(stripes(), { localContrast: 0.5 })))).toBeGreaterThan(
      1.3 * Math.abs(span(stripes())),
    );
  });
});

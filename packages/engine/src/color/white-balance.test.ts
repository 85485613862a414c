import { describe, expect, it } from 'vitest';
import type { Picture } from '../pixels/picture.ts';
import { linearToSrgb, srgbToLinear } from '../pixels/srgb.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { renderInterior } from '../testing/interior.ts';
import { createRandom } from '../testing/random.ts';
import { applyWhiteBalance } from './apply-white-balance.ts';
import { toDisplay, toScene } from './camera-curve.ts';
import { srgbToLab } from './ciede2000.ts';
import type { Light } from './light.ts';
import { NO_BALANCE, planWhiteBalance, type WhiteBalancePlan } from './plan-white-balance.ts';

const SETTINGS = { strength: 1, maxGain: 3, lightRed: 0, lightBlue: 0, lightWeight: 0 };

type Rgb = [number, number, number];

/** Scene light to encoded values as a camera saves them. */
function saved(light: Rgb): Rgb {
  return light.map((value) => linearToSrgb(toDisplay(Math.min(1, value)))) as Rgb;
}

/** The synthetic room under a coloured light, exposed for the room. */
function roomUnder(light: Light): Picture {
  const { width, height, radiance } = renderInterior(240, 160, 2);
  const gains = [2 ** light.red, 1, 2 ** light.blue];
  return pictureOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    const [r, g, b] = gains.map((gain, c) => (radiance[at + c] as number) * gain * 0.5);
    return saved([r as number, g as number, b as number]);
  });
}

function plan(picture: Picture, changes: Partial<typeof SETTINGS> = {}): WhiteBalancePlan {
  return planWhiteBalance(picture, { ...SETTINGS, ...changes });
}

/** Red, green and blue of a pixel, 0..1. */
function colorAt({ width, data }: Picture, x: number, y: number): Rgb {
  return [0, 1, 2].map((c) => (data[(y * width + x) * 3 + c] as number) / 65535) as Rgb;
}

const WARM: Light = { red: 0.45, blue: -0.75 };
const COLD: Light = { red: -0.4, blue: 0.6 };
const GREENISH: Light = { red: -0.12, blue: -0.12 };

describe('estimating the light', () => {
  it.each([WARM, COLD, { red: 0.2, blue: -0.35 }])(
    'finds a light of $red, $blue stops',
    (light) => {
      const own = plan(roomUnder({ red: 0, blue: 0 })).estimate.light;
      const found = plan(roomUnder(light)).estimate.light;
      expect(Math.abs(found.red - own.red - light.red)).toBeLessThan(0.08);
      expect(Math.abs(found.blue - own.blue - light.blue)).toBeLessThan(0.12);
    },
  );

  it('takes neither a wooden floor nor a red wall for the light', () => {
    const random = createRandom(5);
    const room = pictureOf(150, 100, (x, y) => {
      const grain = 0.92 + 0.16 * random();
      if (y > 60) return [0.62 * grain, 0.42 * grain, 0.25 * grain];
      return x < 70 ? [0.66 * grain, 0.22 * grain, 0.2 * grain] : [0.8, 0.79, 0.77];
    });
    const { light } = plan(room).estimate;
    expect(Math.hypot(light.red, light.blue)).toBeLessThan(0.2);
  });

  it('knows the outdoors, and leaves the evening its colour', () => {
    const random = createRandom(6);
    const evening = (warmth: number): Picture =>
      pictureOf(150, 100, (x, y) => {
        const grain = 0.9 + 0.2 * random();
        if (y < 40) return saved([0.1 * grain, 0.22, 0.5]);
        if (y > 75) return saved([0.08 * grain, 0.12 * grain, 0.03 * grain]);
        if (x < 75) return saved([0.5 * 2 ** warmth * grain, 0.5 * grain, 0.5 * 2 ** -warmth]);
        return saved([0.3 * 2 ** warmth * grain, 0.24 * grain, 0.16 * 2 ** -warmth]);
      });
    const { estimate, gains } = plan(evening(0.5));
    expect(estimate.outdoors).toBe(true);
    // Less than half of what the wall is off.
    expect(Math.log2(gains[0][2])).toBeLessThan(0.5 * 0.5 + 0.05);
    expect(plan(evening(0)).gains).toHaveLength(1);
  });

  it('has no opinion on a picture that is all black, all white or one pixel', () => {
    for (const [side, value] of [
      [64, 0],
      [64, 1],
      [1, 0],
      [1, 1],
    ] as const) {
      const flat = pictureOf(side, side, () => [value, value, value]);
      const decided = plan(flat);
      expect(decided.gains).toEqual([[1, 1, 1]]);
      expect(applyWhiteBalance(flat, decided).data).toEqual(flat.data);
    }
  });

  it('says the same of a picture and of the same picture at twice the size', () => {
    const small = roomUnder(WARM);
    const large = pictureOf(480, 320, (x, y) => colorAt(small, x >> 1, y >> 1));
    const [one, two] = [plan(small).estimate.light, plan(large).estimate.light];
    expect(two.red).toBeCloseTo(one.red, 1);
    expect(two.blue).toBeCloseTo(one.blue, 1);
  });
});

describe('balancing a photo', () => {
  it('leaves a neutral room exactly as it is', () => {
    const room = roomUnder({ red: 0, blue: 0 });
    const { data } = applyWhiteBalance(room, plan(room));
    const most = data.reduce(
      (worst, v, i) => Math.max(worst, Math.abs(v - (room.data[i] ?? 0))),
      0,
    );
    expect(most / 257).toBeLessThan(1);
  });

  it.each([WARM, COLD, GREENISH])('brings whites back under $red, $blue', (light) => {
    const room = roomUnder(light);
    const balanced = applyWhiteBalance(room, plan(room));
    // The wall beside the window.
    const before = srgbToLab(...colorAt(roomUnder({ red: 0, blue: 0 }), 120, 20));
    const after = srgbToLab(...colorAt(balanced, 120, 20));
    expect(Math.abs(after[1] - before[1])).toBeLessThan(2.5);
    expect(Math.abs(after[2] - before[2])).toBeLessThan(5);
    expect(Math.abs(after[0] - before[0])).toBeLessThan(4);
  });

  it('takes half of it with half the strength, nothing with none, and no more than the largest gain', () => {
    const room = roomUnder(WARM);
    const [whole, half] = [plan(room).gains[0], plan(room, { strength: 0.5 }).gains[0]];
    expect(Math.log2(half[2])).toBeCloseTo(Math.log2(whole[2]) / 2, 5);
    expect(plan(room, { strength: 0 }).gains[0]).toEqual([1, 1, 1]);
    const [red, green, blue] = plan(room, { maxGain: 1.1 }).gains[0];
    expect([red, green, blue].every((gain) => gain <= 1.1 && gain >= 1 / 1.1)).toBe(true);
  });

  it("follows the light of the listing's other photos", () => {
    const room = roomUnder(WARM);
    const told = { lightRed: 0.4, lightBlue: -0.7, lightWeight: 1 };
    const [red, , blue] = plan(room, told).gains[0];
    // Whites are 0.9 stops away: 99 % of it is taken.
    expect(Math.log2(red)).toBeCloseTo(-0.4, 1);
    expect(Math.log2(blue)).toBeCloseTo(0.7, 1);
  });

  it('leaves a little of the strongest lamplight', () => {
    const candle = { lightRed: 0.8, lightBlue: -1.26, lightWeight: 1 };
    const { gains } = plan(roomUnder({ red: 0.8, blue: -1.26 }), candle);
    // 1.5 stops of warmth: 0.95 of them whole, and three quarters of the rest.
    expect(Math.log2(gains[0][2]) / 1.26).toBeCloseTo((0.95 + 0.75 * 0.55) / 1.5, 1);
  });
});

describe('two lights in one room', () => {
  /** White walls with some furniture; a lamp on the right, the sky on the left. */
  function twoLights(): Picture {
    const random = createRandom(8);
    return pictureOf(240, 160, (x, y) => {
      const lamp = 1 / (1 + Math.exp((110 - x) / 22));
      const grain = 0.97 + 0.06 * random();
      const surface: Rgb =
        y > 125
          ? [0.3, 0.2, 0.12]
          : y > 80 && y < 110 && x % 80 < 25
            ? [0.1, 0.12, 0.1]
            : [0.5, 0.5, 0.48];
      const light = [2 ** (0.6 * lamp - 0.1), 1, 2 ** (0.15 - 1 * lamp)];
      return saved(surface.map((v, c) => v * grain * (light[c] as number)) as Rgb);
    });
  }

  it('are both taken away, and the map between them is smooth', () => {
    const room = twoLights();
    const decided = plan(room);
    expect(decided.gains).toHaveLength(2);
    expect(decided.spread).toBeGreaterThan(0.8);
    const balanced = applyWhiteBalance(room, decided);
    for (const x of [20, 60, 120, 180, 220]) {
      const [, a, b] = srgbToLab(...colorAt(balanced, x, 40));
      expect(Math.hypot(a, b)).toBeLessThan(7);
    }
    expect(Math.hypot(...srgbToLab(...colorAt(room, 220, 40)).slice(1))).toBeGreaterThan(12);
    const { share } = decided;
    for (let i = 1; share !== null && i < share.data.length; i++)
      if (i % share.width > 0)
        expect(Math.abs((share.data[i] as number) - (share.data[i - 1] as number))).toBeLessThan(
          0.3,
        );
  });

  it('are followed over one coloured wall, where nothing is white', () => {
    const random = createRandom(10);
    const room = pictureOf(240, 160, (x, y) => {
      const lamp = 1 / (1 + Math.exp((140 - x) / 25));
      const grain = 0.97 + 0.06 * random();
      // White below and at the left, the rest is green paint.
      const surface: Rgb = x < 60 || y > 135 ? [0.5, 0.5, 0.48] : [0.3, 0.4, 0.24];
      const light = [2 ** (0.5 * lamp), 1, 2 ** (-0.9 * lamp)];
      const shade = y > 135 ? 0.1 : 1;
      return saved(surface.map((v, c) => v * grain * shade * (light[c] as number)) as Rgb);
    });
    const apart = (picture: Picture): number => {
      const [near, far] = [70, 210].map((x) => srgbToLab(...colorAt(picture, x, 60)));
      return Math.abs((near?.[2] ?? 0) - (far?.[2] ?? 0));
    };
    expect(apart(applyWhiteBalance(room, plan(room)))).toBeLessThan(0.5 * apart(room));
  });

  it('are one where only the paint changes', () => {
    const random = createRandom(9);
    const room = pictureOf(240, 160, (x) => {
      const grain = 0.97 + 0.06 * random();
      return saved(x < 120 ? [0.5 * grain, 0.5 * grain, 0.48] : [0.5 * grain, 0.36 * grain, 0.2]);
    });
    const decided = plan(room);
    const paint = srgbToLab(...colorAt(room, 200, 80));
    const after = srgbToLab(...colorAt(applyWhiteBalance(room, decided), 200, 80));
    expect(Math.hypot(after[1] - paint[1], after[2] - paint[2])).toBeLessThan(6);
  });
});

describe('the curve of a camera', () => {
  it('bends before white and comes back', () => {
    expect(toScene(0.5)).toBeCloseTo(0.1875, 10);
    expect(toDisplay(0.1875)).toBeCloseTo(0.5, 10);
    for (const value of [0, 0.01, 0.3, 0.9, 1])
      expect(toDisplay(toScene(value))).toBeCloseTo(value, 10);
  });
});

describe('the mapping of colours', () => {
  const gains = [0.6, 1, 1.9] as const;
  const strong: WhiteBalancePlan = { ...NO_BALANCE, gains: [gains] };

  it('takes a known light off a grey surface, whatever its brightness', () => {
    for (const grey of [0.02, 0.1, 0.3, 0.5]) {
      const lit = saved([grey / gains[0], grey, grey / gains[2]]);
      const back = applyWhiteBalance(
        pictureOf(1, 1, () => lit),
        strong,
      );
      const [red, green, blue] = colorAt(back, 0, 0).map((v) => toScene(srgbToLinear(v)));
      expect(green).toBeCloseTo(grey, 3);
      if (Math.max(...lit) < 0.9) expect(red).toBeCloseTo(grey, 2);
      expect(blue).toBeCloseTo(grey, 2);
    }
  });

  it('changes nothing with gains of one, and keeps black black and white white with any', () => {
    const colors = pictureOf(64, 64, (x, y) => [x / 63, y / 63, (x + y) / 126]);
    const same = applyWhiteBalance(colors, NO_BALANCE);
    expect(colors.data.every((v, i) => Math.abs(v - (same.data[i] ?? 0)) < 4)).toBe(true);
    const ends = pictureOf(2, 1, (x) => [x, x, x]);
    expect(applyWhiteBalance(ends, strong).data).toEqual(ends.data);
  });

  it('never swaps two greys, nor makes a jump between neighbours', () => {
    const ramp = applyWhiteBalance(
      pictureOf(1024, 1, (x) => [x / 1023, x / 1023, x / 1023]),
      strong,
    );
    for (let x = 1; x < 1024; x++) {
      const [before, here] = [
        srgbToLab(...colorAt(ramp, x - 1, 0)),
        srgbToLab(...colorAt(ramp, x, 0)),
      ];
      expect(here[0]).toBeGreaterThanOrEqual(before[0] - 1e-6);
      expect(Math.hypot(here[1] - before[1], here[2] - before[2])).toBeLessThan(2);
    }
  });

  it('leaves windows white that are all but clipped', () => {
    const pane = pictureOf(1, 1, () => [0.99, 0.985, 0.975]);
    const [red, green, blue] = colorAt(applyWhiteBalance(pane, strong), 0, 0);
    expect(Math.abs(red - 0.99)).toBeLessThan(0.012);
    expect(Math.abs(green - 0.985)).toBeLessThan(0.012);
    expect(Math.abs(blue - 0.975)).toBeLessThan(0.012);
  });

  it('does not turn clipped lamplight cyan', () => {
    const lamplight = pictureOf(1, 1, () => [1, 0.94, 0.85]);
    const [red, green, blue] = colorAt(applyWhiteBalance(lamplight, strong), 0, 0);
    expect(red).toBeGreaterThanOrEqual(Math.max(green, blue) - 0.01);
  });
});

import { describe, expect, it } from 'vitest';
import type { Homography } from '../plan/plan.ts';
import { pictureOf } from '../testing/fixtures.ts';
import { IDENTITY, moved } from './homography.ts';
import { warpOverview } from './warp-overview.ts';

const waves = (x: number, y: number): readonly [number, number, number] => [
  0.5 + 0.3 * Math.sin(x * 0.21) * Math.cos(y * 0.17),
  0.5 + 0.3 * Math.sin(x * 0.13 + 1),
  0.5 + 0.3 * Math.cos(y * 0.19 + x * 0.05),
];

describe('warping an overview', () => {
  it('changes nothing when nothing moved', () => {
    const picture = pictureOf(40, 30, waves);
    const { picture: same, covered } = warpOverview(picture, IDENTITY);
    expect(same).toEqual(picture);
    expect(covered.data.every((value) => value === 1)).toBe(true);
  });

  it('reads the place that the homography names', () => {
    const turned: Homography = [0.999, -0.03, 3.25, 0.028, 1.004, -1.6, 2e-5, -3e-5, 1];
    // Pixel (i, j) of the frame holds the wave at its centre.
    const frame = pictureOf(120, 90, (i, j) => waves(i + 0.5, j + 0.5));
    const { picture } = warpOverview(frame, turned);
    let worst = 0;
    for (let y = 10; y < 80; y++) {
      for (let x = 10; x < 110; x++) {
        const at = moved(turned, x + 0.5, y + 0.5);
        for (const [channel, value] of waves(at.x, at.y).entries()) {
          const off = (picture.data[(y * 120 + x) * 3 + channel] as number) / 65535 - value;
          worst = Math.max(worst, Math.abs(off));
        }
      }
    }
    // A cubic through a wave of 30 pixels is off by a few ten-thousandths.
    expect(worst).toBeLessThan(0.001);
  });

  it('weighs four neighbours as Keys did, half a pixel between them', () => {
    const step = pictureOf(8, 1, (x) => (x < 4 ? [0, 0, 0] : [0.5, 0.5, 0.5]));
    const { picture } = warpOverview(step, [1, 0, 0.5, 0, 1, 0, 0, 0, 1]);
    const row = Array.from(
      picture.data.filter((_, i) => i % 3 === 0),
      (value) => value / 65535,
    );
    // -1/16, 9/16, 9/16, -1/16 of 0 0 0 0 .5 .5 .5 .5; negative values end at 0.
    expect(row.slice(1, 7).map((value) => Math.round(value * 1e4) / 1e4)).toEqual([
      0, 0, 0.25, 0.5313, 0.5, 0.5,
    ]);
  });

  it('says which places the frame does not show, and repeats its rim there', () => {
    const picture = pictureOf(20, 10, (x) => [x / 20, 0.5, 0.5]);
    const { picture: out, covered } = warpOverview(picture, [1, 0, 5, 0, 1, 0, 0, 0, 1]);
    const row = Array.from(covered.data.subarray(0, 20));
    expect(row).toEqual([...Array(15).fill(1), ...Array(5).fill(0)]);
    expect(out.data[19 * 3]).toBe(picture.data[19 * 3]);
  });

  it('takes a picture of one pixel', () => {
    const one = pictureOf(1, 1, () => [0.25, 0.5, 1]);
    expect(warpOverview(one, [1, 0, 0.4, 0, 1, -0.3, 0, 0, 1]).picture).toEqual(one);
  });
});
